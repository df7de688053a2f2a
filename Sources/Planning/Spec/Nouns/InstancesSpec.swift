import Diagnostics
import Groundwork

/// Which EC2 instances to use, by family (`p5`) or type (`p5.48xlarge`).
package struct InstancesSpec: Sendable {
    /// In this order among the feasible ones; empty means the cheapest feasible.
    package internal(set) var prefer: [Traced<String>]
    package internal(set) var avoid: [Traced<String>]
    package internal(set) var spot: Traced<SpotPolicy>?
    package let range: SourceRange
}

extension InstancesSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        prefer = fields.list(
            "prefer", .instance, "families or types in order of preference; empty: the cheapest feasible")
        avoid = fields.list("avoid", .instance, "families or types to exclude")
        spot = fields.optional("spot", .word, "whether spot capacity may be used; default: never for critical models")
    }
}
