import Groundwork

/// Everything that decides a simulation.
package struct ReplayInput: Sendable {
    package var tree: SimulatedTree
    package var models: [SimulatedModel]
    package var incidents: [Incident]
    /// Milliseconds that count.
    package var duration: Int
    /// Milliseconds before them, in which the cluster starts.
    package var warmUp = 3_600_000
    package var seed: UInt64
    /// The date at the start of virtual time.
    package var epoch: Instant
    package var cloud = CloudConditions()
    /// Milliseconds between two samples of the timeline.
    package var step = 60_000

    /// Whether the alerts of the tree are evaluated, and how Prometheus does it.
    package var hasAlerts = false
    package var prometheus = PrometheusBehavior()
    /// Milliseconds between two moments at which readings may begin.
    package var phaseStep = 1

    package init(
        tree: SimulatedTree, models: [SimulatedModel], incidents: [Incident] = [], duration: Int, seed: UInt64,
        epoch: Instant
    ) {
        self.tree = tree
        self.models = models
        self.incidents = incidents
        self.duration = duration
        self.seed = seed
        self.epoch = epoch
    }
}
