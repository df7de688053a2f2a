import Diagnostics

/// How a model's replicas follow its load.
package struct ScalingSpec: Sendable {
    package let by: Traced<Autoscaler>
    package let on: [Traced<Signal>]
    /// Ratios of a replica's sustainable load; nil means the class's row.
    package let up: Traced<Double>?
    package let down: Traced<Double>?
    package let cooldownSeconds: Traced<Double>?
    package let range: SourceRange
}
