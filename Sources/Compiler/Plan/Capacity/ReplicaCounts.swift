/// How many replicas traffic asks for, in plain numbers, and why.
package struct ReplicaCounts: Sendable {
    package let least: Int
    package let most: Int
    /// Replicas that steady traffic keeps at the scale-up threshold.
    let comfortable: Int
    /// Replicas that carry steady traffic at their limit.
    let bare: Int
    /// Replicas that the loss of one node takes, as many as it holds or, where they stand evenly on two, as stay; 0 where that may break the
    /// promise.
    let lost: Int
    /// Replicas whose room above the threshold holds what traffic grows by during one cold start.
    let growing: Int

    /// What traffic needs of replicas of a rate, so many to a node.
    init(_ demand: Demand, _ traffic: TrafficSpec, rate: Double, perNode: Int) {
        let (steady, peak) = (traffic.steady.value, traffic.peak.value)
        comfortable = roundedUp(steady / (demand.scaleUp * rate))
        bare = roundedUp(steady / rate)
        let onNode = demand.standsEvenly ? min(perNode, bare) : perNode
        lost = spareReplicas(demand.model.priority.value, onNode: onNode)
        let ramp = traffic.ramp?.value ?? Thresholds.ramp.value
        let share = min(1, demand.coldStart / ramp)
        // What a batch model gets meanwhile may wait.
        let growth = demand.model.workloadClass.value == .batch ? 0 : (peak - steady) * share
        growing = roundedUp(growth / ((1 - demand.scaleUp) * rate))
        least = max(1, comfortable, bare + lost, growing)
        most = max(least, roundedUp(peak / (demand.scaleUp * rate)))
    }

    /// Counts that the spec gives, or one replica.
    init(least: Int, most: Int) {
        (self.least, self.most, comfortable, bare, lost, growing) = (least, most, least, least, 0, 0)
    }
}

/// Counts replicas: what the spec says, else what traffic needs when a node is lost and while it grows.
func replicaCounts(_ demand: Demand, _ capability: Capability, perNode: Int) -> ReplicaCounts {
    if let given = demand.model.replicas { return ReplicaCounts(least: given.min.value, most: given.max.value) }
    guard let traffic = demand.model.traffic else { return ReplicaCounts(least: 1, most: 1) }
    return ReplicaCounts(demand, traffic, rate: capability.requestsPerSecond, perNode: perNode)
}

/// Replicas kept so that the loss of one node does not break the promise; best-effort models go without.
package func spareReplicas(_ priority: Priority, onNode: Int) -> Int { priority == .bestEffort ? 0 : onNode }
