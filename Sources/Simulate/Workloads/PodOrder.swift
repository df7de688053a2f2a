/// In which order the pods of a workload start, end and are replaced.
package enum PodOrder: Sendable, Hashable {
    /// Those of a Deployment: all at once, and the least useful end first.
    case any
    /// Those of a StatefulSet, by their ordinals: one after the other or in parallel; a rollout leaves those below the partition.
    case ordinals(parallel: Bool, partition: Int)
}
