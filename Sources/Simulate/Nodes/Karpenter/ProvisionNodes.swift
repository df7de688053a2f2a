/// The pods that wait for one decision of Karpenter.
struct ProvisioningBatch: Sendable {
    let first: VirtualTime
    var last: VirtualTime
    var pods: Set<String>

    /// When the decision is made.
    func end(_ timing: KarpenterTiming) -> VirtualTime { min(last + timing.batchIdle, first + timing.batchMax) }
}

extension Karpenter {
    /// Collects pending pods into batches, and creates NodeClaims at the end of a batch.
    mutating func provision(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        if let batch, batch.end(timing) <= now {
            decide(now, &cluster, &events)
            self.batch = nil
        }
        let pending = cluster.pods.indices.filter { cluster.pods[$0].isPending && !cluster.pods[$0].spec.isDaemon }
        let leaving = claims.indices.filter { claims[$0].deleted != nil }
        if pending.isEmpty, leaving.isEmpty, triggers.isEmpty { return }
        let present = pending.map { cluster.pods[$0].name } + leaving.map { "node/\(claims[$0].name)" }
        triggers = triggers.filter { present.contains($0.key) }
        for name in present {
            // A pod triggers again while it is pending; a node that is removed, once.
            if let last = triggers[name], name.hasPrefix("node/") || now - last < timing.retrigger { continue }
            triggers[name] = now
            guard let running = batch else {
                batch = ProvisioningBatch(first: now, last: now, pods: [name])
                continue
            }
            if !running.pods.contains(name) {
                batch?.pods.insert(name)
                batch?.last = now
            }
        }
    }

    private mutating func decide(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        let state = state(cluster, at: now)
        if placed?.state != state { placed = place(now, state, cluster, &events) }
        guard let placed else { return }
        for place in placed.places { cluster.nominations[place] = now + timing.nomination }
    }

    /// Finds places for the pods that need one, and creates NodeClaims for those that fit nowhere.
    private mutating func place(
        _ now: VirtualTime, _ state: DecisionState, _ cluster: ClusterState, _ events: inout [KarpenterEvent]
    ) -> PlacedPods {
        var simulation = simulation(cluster, without: [], at: now)
        let leaving = Set(claims.filter { $0.deleted != nil }.map(\.name))
        let pods = cluster.pods.filter { pod in
            !pod.spec.isDaemon && (pod.isPending || (!pod.isDeleted && pod.node.map(leaving.contains) ?? false))
        }
        simulation.place(pods)
        for draft in simulation.drafts { events.append(.created(create(draft, at: now))) }
        for (pod, reasons) in simulation.failures.sorted(by: { $0.key < $1.key }) {
            events.append(.unprovisionable(pod: pod, reasons))
        }
        return PlacedPods(state: state, places: Set(simulation.places.values))
    }
}
