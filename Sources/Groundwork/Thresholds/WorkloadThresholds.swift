/// A row of the table of scaling thresholds.
package enum WorkloadClass: String, Word { case realtime, interactive, batch }

/// The three numbers of a workload class: when to scale up, when to scale down, and how long to wait before that.
package struct WorkloadThresholds: Sendable {
    package let up: Parameter
    package let down: Parameter
    package let cooldown: Parameter

    /// The row of a class.
    ///
    /// A spec may override each number per model.
    package static func row(of workloadClass: WorkloadClass) -> WorkloadThresholds {
        switch workloadClass {
        case .realtime: make("realtime", up: 0.70, down: 0.30, cooldown: 60)
        case .batch: make("batch", up: 0.85, down: 0.40, cooldown: 300)
        case .interactive: make("interactive", up: 0.60, down: 0.25, cooldown: 30)
        }
    }

    private static func make(_ name: String, up: Double, down: Double, cooldown: Double) -> WorkloadThresholds {
        let source = "\(Parameter.article): the table of scaling thresholds"
        return WorkloadThresholds(
            up: Parameter(
                "\(name) scale up", up, "ratio",
                because: "add a replica above this share of a replica's sustainable load",
                source: source),
            down: Parameter(
                "\(name) scale down", down, "ratio", because: "remove a replica below this share", source: source),
            cooldown: Parameter(
                "\(name) cooldown", cooldown, "s", because: "a short lull should not remove a replica",
                source: source)
        )
    }
}
