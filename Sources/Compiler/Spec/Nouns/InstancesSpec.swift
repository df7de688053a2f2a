import Diagnostics

/// Which EC2 instances to take, by family (`p5`) or type (`p5.48xlarge`).
package struct InstancesSpec: Sendable {
    /// In this order among the feasible ones; empty means the cheapest feasible.
    package let prefer: [Traced<String>]
    package let avoid: [Traced<String>]
    package let spot: Traced<SpotPolicy>?
    package let range: SourceRange
}
