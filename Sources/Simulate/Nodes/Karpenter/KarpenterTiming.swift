/// The constants of Karpenter 1.14.1, in milliseconds, each with its place in the sources.
package struct KarpenterTiming: Sendable {
    /// `BATCH_IDLE_DURATION`: a batch ends so long after its last new pod.
    package var batchIdle = 1_000
    /// `BATCH_MAX_DURATION`: a batch ends so long after its first pod.
    package var batchMax = 10_000
    /// A pod that is still pending triggers again (provisioning/controller.go).
    package var retrigger = 10_000
    /// Twice the greatest batch, and ten seconds at least (state/statenode.go).
    var nomination: Int { max(2 * batchMax, 10_000) }
    /// A NodeClaim that is not launched is deleted (nodeclaim/lifecycle/liveness.go).
    package var launchTimeout = 300_000
    /// A NodeClaim that is not registered is deleted (nodeclaim/lifecycle/liveness.go).
    package var registrationTimeout = 900_000
    /// How long an offering without capacity is not tried again (cache/unavailableofferings.go of the AWS provider).
    package var unavailable = 180_000
    /// Between two passes of the disruption controller that find nothing (disruption/controller.go).
    package var pass = 10_000
    /// Until a command of emptiness or consolidation is validated (disruption/consolidation.go).
    package var validation = 15_000
    /// A command whose replacements are not initialized by then is given up (disruption/queue.go).
    package var command = 600_000
    /// Between the notice of a spot interruption and its end (Amazon EC2 user guide).
    package var spotNotice = 120_000

    package init() {}
}
