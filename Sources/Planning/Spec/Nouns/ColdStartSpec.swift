import Diagnostics
import Groundwork

/// The parts of a cold start, where the spec sets them; seconds.
package struct ColdStartSpec: Sendable {
    package let nodeLaunch: Traced<Double>?
    package internal(set) var imagePull: Traced<Double>?
    package let weightsLoad: Traced<Double>?
    package let warmUp: Traced<Double>?
    package let range: SourceRange
}

extension ColdStartSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        func part(_ key: String, _ example: String, _ meaning: @autoclosure () -> String) -> Traced<Double>? {
            fields.optional(key, .duration(0...7200, "0s to 2h").example(example), meaning())
        }
        nodeLaunch = part(
            "nodeLaunch", "90s",
            "from the request for a node until it is Ready; default: \(Assumptions.nodeLaunch.text)s")
        imagePull = part("imagePull", "2m", "pulling the vLLM image; default: \(Assumptions.imagePull.text)s")
        weightsLoad = part(
            "weightsLoad", "3m", "loading the weights; default: their size divided by the throughput of their source")
        warmUp = part(
            "warmUp", "60s", "CUDA graph capture and the first forward pass; default: \(Assumptions.warmUp.text)s")
    }
}
