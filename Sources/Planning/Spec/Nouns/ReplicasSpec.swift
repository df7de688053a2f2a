import Diagnostics
import Groundwork

/// The minimum and maximum of a model's replicas.
package struct ReplicasSpec: Sendable {
    package internal(set) var min: Traced<Int>
    package internal(set) var max: Traced<Int>
    package let range: SourceRange
}

extension ReplicasSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        min = fields.required(
            "min", .count(0...1000, 2),
            "minimum number of replicas; 0: scale to zero without requests, which the gateway has to count")
        max = fields.required("max", .count(1...1000, 4), "maximum number of replicas")
    }
}
