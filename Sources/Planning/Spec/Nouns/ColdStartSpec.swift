import Diagnostics
import Groundwork

/// The parts of a cold start as its owner knows them; seconds.
package struct ColdStartSpec: Sendable {
    package let nodeLaunch: Traced<Double>?
    package let imagePull: Traced<Double>?
    package let weightsLoad: Traced<Double>?
    package let warmUp: Traced<Double>?
    package let range: SourceRange
}

extension ColdStartSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        func part(_ key: String, _ meaning: @autoclosure () -> String) -> Traced<Double>? {
            fields.optional(key, .duration(0...7200, "0s to 2h"), meaning())
        }
        nodeLaunch = part(
            "nodeLaunch", "from the wish for a node until it is ready; absent: \(Assumptions.nodeLaunch.text)s")
        imagePull = part("imagePull", "pulling vLLM's image; absent: \(Assumptions.imagePull.text)s")
        weightsLoad = part("weightsLoad", "reading the weights; absent: their size at the speed of their source")
        warmUp = part("warmUp", "graph capture and the first forward pass; absent: \(Assumptions.warmUp.text)s")
    }
}
