extension Karpenter {
    /// The claims that may be disrupted for a reason, without regard to budgets.
    func candidates(_ reason: DisruptionBudget.Reason, _ now: VirtualTime, _ cluster: ClusterState) -> [NodeClaim] {
        claims.filter { claim in
            guard claim.phase == .initialized, claim.deleted == nil, !claim.isDisrupted, claim.reclaimed == nil,
                let pool = pool(claim.pool), cluster.node(claim.name) != nil
            else { return false }
            if let moment = cluster.nominations[claim.name], moment > now { return false }
            // The cheap question comes first: most claims fail it.
            guard reason == .drifted ? claim.isDrifted : isConsolidatable(claim, pool, now, cluster) else {
                return false
            }
            // Drift overrides what pods want where the node has a bounded time to drain.
            let overrides = reason == .drifted && pool.terminationGrace != nil
            let pods = cluster.pods(on: claim.name)
            let isBlocked = pods.contains { pod in
                !pod.spec.isDaemon && !pod.isDeleted && (isProtected(pod, at: now) || cluster.blocksEviction(of: pod))
            }
            return !isBlocked || overrides
        }
    }

    /// Whether nothing has happened on a node for the pool's `consolidateAfter`.
    func isConsolidatable(_ claim: NodeClaim, _ pool: KarpenterPool, _ now: VirtualTime, _ cluster: ClusterState)
        -> Bool
    {
        guard let wait = pool.consolidateAfter, let initialized = claim.initialized else { return false }
        return now - (cluster.podEvents[claim.name] ?? initialized) >= wait
    }

    /// How many nodes of each pool may still be disrupted for a reason.
    func allowed(_ reason: DisruptionBudget.Reason, _ now: VirtualTime, _ cluster: ClusterState) -> [String: Int] {
        var allowed: [String: Int] = [:]
        for pool in pools {
            let nodes = claims.filter { $0.pool == pool.name && $0.phase == .initialized && $0.terminated == nil }
            let leaving = nodes.count { claim in
                claim.deleted != nil || claim.isDisrupted || cluster.node(claim.name)?.isReady == false
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
        var allowed = allowed(reason, now, cluster)
        return candidates.filter { claim in
            let left = allowed[claim.pool] ?? 0
            allowed[claim.pool] = left - 1
            return left > 0
        }
    }

    /// The pods of a node that must run elsewhere if it goes.
    func movable(_ claim: NodeClaim, _ cluster: ClusterState) -> [ClusterPod] {
        cluster.pods(on: claim.name).filter { !$0.spec.isDaemon && !$0.isDeleted }
    }

    /// Whether all pods of a simulation can run: not on nodes whose initialization is still to come.
    func canRun(_ simulation: ProvisioningSimulation) -> Bool {
        simulation.failures.isEmpty
            && simulation.places.values.allSatisfy { place in claim(place).map { $0.phase == .initialized } ?? true }
    }

    /// Removes all empty nodes at once.
    func emptyNodes(_ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand? {
        let empty = candidates(.empty, now, cluster).filter { movable($0, cluster).isEmpty }
        let names = withinBudgets(empty, .empty, now, cluster).map(\.name)
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
