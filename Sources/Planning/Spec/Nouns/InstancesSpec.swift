import Diagnostics
import Groundwork

/// Which EC2 instances to use, by GPU (`h100`), family (`p5`) or type (`p5.48xlarge`).
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
            "prefer", .instance.example("p5.48xlarge", "g6e", "h100"),
            "types, families or GPUs in order of preference; default: the cheapest feasible")
        avoid = fields.list("avoid", .instance.example("p4d", "l4"), "types, families or GPUs to exclude")
        spot = fields.optional(
            "spot", .word,
            "whether spot capacity may be used: `allowed` for replicas above the minimum, `only` for all replicas of a batch or best-effort "
                + "model; for a critical model only if its own `instances` say so; default: never"
        )
    }
}
