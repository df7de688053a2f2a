/// Counts replicas: what the spec says, else what traffic needs at the scale-up share, with one to spare.
func replicaCounts(_ demand: Demand, _ capability: Capability) -> ReplicaCounts {
    if let given = demand.model.replicas { return ReplicaCounts(least: given.min.value, most: given.max.value) }
    guard let traffic = demand.model.traffic else { return ReplicaCounts(least: 1, most: 1) }
    let perReplica = capability.requestsPerSecond
    let comfortable = roundedUp(traffic.steady.value / (demand.scaleUp * perReplica))
    let bare = roundedUp(traffic.steady.value / perReplica) + spareReplicas(demand.model.priority.value)
    let least = max(1, comfortable, bare)
    return ReplicaCounts(least: least, most: max(least, roundedUp(traffic.peak.value / (demand.scaleUp * perReplica))))
}

/// Replicas kept so that the loss of one does not break the promise; best-effort models go without.
package func spareReplicas(_ priority: Priority) -> Int { priority == .bestEffort ? 0 : 1 }
