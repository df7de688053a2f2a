extension Karpenter {
    /// Tells Karpenter that a node no longer is as its NodePool and NodeClass say.
    package mutating func drift(_ claim: String) { change(claim) { $0.isDrifted = true } }

    /// Gives notice that EC2 takes an instance back.
    package mutating func interrupt(
        _ name: String, at now: VirtualTime, _ cluster: inout ClusterState
    ) -> [KarpenterEvent] {
        guard let claim = claim(name), let offering = claim.offering else { return [] }
        var events: [KarpenterEvent] = [.interrupted(claim: name)]
        let end = now + timing.spotNotice
        change(name) { $0.reclaimed = end }
        if cloud.hasInterruptionQueue {
            if offering.capacity == .spot { unavailable[offering] = now + timing.unavailable }
            delete(name, .interrupted, at: now, &cluster, &events)
        }
        return events
    }

    /// When the node of the claim at a place expires.
    func expiry(_ place: Int) -> VirtualTime? {
        guard claims[place].deleted == nil else { return nil }
        return pools[claims[place].poolPlace].expireAfter.map { claims[place].created + $0 }
    }

    /// Deletes the claims whose time has come; budgets do not matter.
    mutating func expireClaims(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        for place in claims.indices {
            guard let moment = expiry(place), moment <= now else { continue }
            delete(claims[place].name, .expired, at: now, &cluster, &events)
        }
    }

    /// Deletes a claim: its node accepts no more pods, and drains.
    mutating func delete(
        _ name: String, _ reason: DisruptionCommand.Reason, at now: VirtualTime, _ cluster: inout ClusterState,
        _ events: inout [KarpenterEvent]
    ) {
        guard let claim = claim(name), claim.deleted == nil else { return }
        change(name) { $0.deleted = now }
        cluster.taint(name)
        events.append(.draining(claim: name, reason))
        if claim.node == nil {
            // Nothing drains; an instance that was launched has to be terminated.
            let end = claim.offering == nil ? now : now + cloud.terminate
            change(name) { $0.terminated = end }
        }
    }

    /// Evicts pods from nodes that are removed, and terminates instances that are drained.
    mutating func drainNodes(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        for claim in claims.indices.filter({ claims[$0].deleted != nil }).map({ claims[$0] }) {
            guard let deleted = claim.deleted else { continue }
            if let moment = claim.terminated {
                if moment <= now { end(claim.name, &cluster, &events) }
                continue
            }
            let deadline = pool(claim.pool)?.terminationGrace.map { deleted + $0 }
            for name in cluster.pods(on: claim.name).filter({ !$0.spec.isDaemon }).map(\.name) {
                // One that was evicted before may be gone, and budgets count anew.
                guard let place = cluster.podPlace(name) else { continue }
                let pod = cluster.pods[place]
                if let deadline {
                    // Early enough that its grace period ends with that of the node.
                    if now >= max(deleted, deadline - pod.spec.grace) {
                        let isFirst = !pod.isDeleted
                        cluster.delete(pod.name, at: now, grace: max(0, deadline - now))
                        if isFirst { events.append(.evicted(pod: pod.name)) }
                        continue
                    }
                }
                if pod.isDeleted || isProtected(place, cluster, at: now) || cluster.blocksEviction(of: place) {
                    continue
                }
                cluster.delete(pod.name, at: now)
                events.append(.evicted(pod: pod.name))
            }
            let isDrained = !cluster.pods(on: claim.name).contains { !$0.spec.isDaemon }
            let end = now + cloud.terminate
            if isDrained { change(claim.name) { $0.terminated = end } }
        }
    }

    /// Whether an annotation of the pod at a place keeps its node from being disrupted.
    func isProtected(_ place: Int, _ cluster: ClusterState, at now: VirtualTime) -> Bool {
        switch cluster.pods[place].spec.protection {
        case .unprotected: false
        case .always: true
        case .since(let length): cluster.pods[place].bound.map { now - $0 < length } ?? false
        }
    }

    /// Removes a node whose instance has ended.
    mutating func end(_ name: String, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        if let offering = claim(name)?.offering, let left = reserved[offering] { reserved[offering] = left + 1 }
        claims.removeAll { $0.name == name }
        cluster.remove(node: name)
        events.append(.terminated(claim: name))
    }
}

extension ClusterState {
    /// Marks a node that is about to be removed, so that no pod is scheduled there.
    mutating func taint(_ node: String) {
        change(node: node) { if !$0.taints.contains(.disrupted) { $0.taints.append(.disrupted) } }
    }

    /// Takes the mark off again.
    mutating func untaint(_ node: String) { change(node: node) { $0.taints.removeAll { $0 == .disrupted } } }
}
