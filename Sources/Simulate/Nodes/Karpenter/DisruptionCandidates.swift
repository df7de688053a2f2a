extension Karpenter {
    /// The claims that may be disrupted for a reason, without regard to budgets.
    func candidates(_ reason: DisruptionBudget.Reason, _ now: VirtualTime, _ cluster: ClusterState) -> [NodeClaim] {
        claims.indices.filter { isCandidate($0, reason, now, cluster) }.map { claims[$0] }
    }

    private func isCandidate(
        _ place: Int, _ reason: DisruptionBudget.Reason, _ now: VirtualTime, _ cluster: ClusterState
    ) -> Bool {
        guard claims[place].phase == .initialized, claims[place].deleted == nil, !claims[place].isDisrupted,
            claims[place].reclaimed == nil
        else { return false }
        let pool = claims[place].poolPlace
        // The cheap questions come first: most claims fail them.
        switch reason {
        case .drifted: guard claims[place].isDrifted else { return false }
        case .underutilized: guard pools[pool].policy == .whenUnderutilized else { return false }
        case .empty: break
        }
        guard reason == .drifted || isConsolidatable(place, now, cluster) else { return false }
        let name = claims[place].name
        guard cluster.nodePlace(name) != nil else { return false }
        if let moment = cluster.nominations[name], moment > now { return false }
        let movable = cluster.places(on: name).filter { cluster.isMovable($0) }
        // Drift overrides what pods want where the node has a bounded time to drain.
        if movable.isEmpty || reason == .drifted && pools[pool].terminationGrace != nil { return true }
        return reason != .empty
            && !movable.contains { isProtected($0, cluster, at: now) || cluster.blocksEviction(of: $0) }
    }

    /// Whether nothing has happened on the node of the claim at a place for its pool's `consolidateAfter`.
    func isConsolidatable(_ place: Int, _ now: VirtualTime, _ cluster: ClusterState) -> Bool {
        guard let wait = pools[claims[place].poolPlace].consolidateAfter, let initialized = claims[place].initialized
        else { return false }
        return now - (cluster.podEvents[claims[place].name] ?? initialized) >= wait
    }

    /// How many nodes of each pool may still be disrupted for a reason.
    func allowed(_ reason: DisruptionBudget.Reason, _ now: VirtualTime, _ cluster: ClusterState) -> [String: Int] {
        var allowed: [String: Int] = [:]
        for pool in pools {
            let nodes = claims.indices.filter {
                claims[$0].pool == pool.name && claims[$0].phase == .initialized && claims[$0].terminated == nil
            }
            let leaving = nodes.count { place in
                claims[place].deleted != nil || claims[place].isDisrupted
                    || cluster.nodePlace(claims[place].name).map { !cluster.nodes[$0].isReady } ?? false
            }
            let sizes = pool.budgets.filter { budget in
                budget.reasons?.contains(reason) ?? true && budget.isActive(at: now, since: epoch)
            }.map { $0.allowed(of: nodes.count) }
            allowed[pool.name] = max(0, (sizes.min() ?? nodes.count) - leaving)
        }
        return allowed
    }

    /// The first candidates that budgets allow, in their order.
    func withinBudgets(
        _ candidates: [NodeClaim], _ reason: DisruptionBudget.Reason, _ now: VirtualTime, _ cluster: ClusterState
    ) -> [NodeClaim] {
        if candidates.isEmpty { return [] }
        var allowed = allowed(reason, now, cluster)
        return candidates.filter { claim in
            let left = allowed[claim.pool] ?? 0
            allowed[claim.pool] = left - 1
            return left > 0
        }
    }

    /// The pods of a node that must run elsewhere if it goes.
    func movable(_ claim: NodeClaim, _ cluster: ClusterState) -> [ClusterPod] {
        cluster.places(on: claim.name).filter { cluster.isMovable($0) }.map { cluster.pods[$0] }
    }

    /// Whether all pods of a simulation can run: not on nodes whose initialization is still to come.
    func canRun(_ simulation: ProvisioningSimulation) -> Bool {
        simulation.failures.isEmpty
            && simulation.places.values.allSatisfy { place in claim(place).map { $0.phase == .initialized } ?? true }
    }

    /// Removes all empty nodes at once.
    func emptyNodes(_ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand? {
        let names = withinBudgets(candidates(.empty, now, cluster), .empty, now, cluster).map(\.name)
        return names.isEmpty ? nil : DisruptionCommand(reason: .empty, claims: names, drafts: [], started: now)
    }

    /// Replaces one drifted node, an empty one first.
    func driftedNode(_ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand? {
        let candidates = withinBudgets(candidates(.drifted, now, cluster), .drifted, now, cluster)
        let empty = candidates.filter { movable($0, cluster).isEmpty }
        if !empty.isEmpty {
            return DisruptionCommand(reason: .drifted, claims: empty.map(\.name), drafts: [], started: now)
        }
        for claim in candidates {
            var simulation = simulation(cluster, without: [claim.name], at: now)
            simulation.place(movable(claim, cluster))
            guard canRun(simulation) else { continue }
            return DisruptionCommand(reason: .drifted, claims: [claim.name], drafts: simulation.drafts, started: now)
        }
        return nil
    }
}
