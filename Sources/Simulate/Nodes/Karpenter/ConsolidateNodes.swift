extension Karpenter {
    /// The most nodes that one command consolidates.
    private static let most = 100

    /// Removes the most nodes that one cheaper node, or none, replaces.
    func severalNodes(_ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand? {
        let candidates = Array(underutilized(now, cluster).prefix(Self.most))
        guard candidates.count >= 2 else { return nil }
        var (low, high) = (2, candidates.count)
        var best: DisruptionCommand?
        while low <= high {
            let middle = (low + high) / 2
            if let command = consolidation(of: Array(candidates.prefix(middle)), now, cluster) {
                best = command
                low = middle + 1
            } else {
                high = middle - 1
            }
        }
        return best
    }

    /// Removes the first node that a cheaper one, or none, replaces.
    func oneNode(_ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand? {
        for claim in underutilized(now, cluster) {
            if let command = consolidation(of: [claim], now, cluster) { return command }
        }
        return nil
    }

    /// The candidates that the policy of their pool lets move pods, those that save most for each disrupted pod first.
    func underutilized(_ now: VirtualTime, _ cluster: ClusterState) -> [NodeClaim] {
        let candidates = candidates(.underutilized, now, cluster).filter { !movable($0, cluster).isEmpty }
        let worth = Dictionary(
            uniqueKeysWithValues: candidates.map { claim in
                (claim.name, (claim.offering?.price ?? 0) / cost(claim, now, cluster))
            })
        let sorted = candidates.sorted { left, right in
            (worth[right.name] ?? 0, left.name) < (worth[left.name] ?? 0, right.name)
        }
        return withinBudgets(sorted, .underutilized, now, cluster)
    }

    /// What moving a node's pods costs: less toward the node's expiry.
    private func cost(_ claim: NodeClaim, _ now: VirtualTime, _ cluster: ClusterState) -> Double {
        let pods = movable(claim, cluster).reduce(0.0) { sum, pod in
            sum + min(10, max(-10, 1 + Double(pod.spec.priority) / 33_554_432))
        }
        let life = pool(claim.pool)?.expireAfter.map { 1 - min(1, Double(now - claim.created) / Double($0)) } ?? 1
        return max(pods * life, 1e-9)
    }

    /// The command that removes some nodes; nil unless it saves money and all pods can run elsewhere.
    func consolidation(of claims: [NodeClaim], _ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand? {
        let names = Set(claims.map(\.name))
        var simulation = simulation(cluster, without: names.union(busy(now, cluster)), at: now)
        simulation.place(claims.flatMap { movable($0, cluster) })
        guard canRun(simulation), simulation.drafts.count <= 1 else { return nil }
        let command = DisruptionCommand(
            reason: .underutilized, claims: claims.map(\.name), drafts: [], started: now)
        guard let draft = simulation.drafts.first else { return command }
        return cheaper(draft, than: claims).map { draft in
            var command = command
            command.drafts = [draft]
            return command
        }
    }

    /// The nodes on which something happened lately: they are no destinations either.
    func busy(_ now: VirtualTime, _ cluster: ClusterState) -> [String] {
        claims.indices.filter { claims[$0].phase == .initialized && !isConsolidatable($0, now, cluster) }
            .map { claims[$0].name }
    }

    /// The replacement with the types and offerings that cost less than the nodes it replaces; nil if there is none.
    private func cheaper(_ draft: ClaimDraft, than claims: [NodeClaim]) -> ClaimDraft? {
        let offerings = claims.compactMap(\.offering)
        let price = offerings.reduce(0) { $0 + $1.price }
        // Without the feature gate, spot nodes are not replaced by spot nodes.
        let isSpot = offerings.allSatisfy { $0.capacity == .spot }
        // A type that is already there is no improvement unless it gets cheaper.
        let sameType = offerings.filter { offering in draft.options.contains { $0.name == offering.type } }
        let limit = claims.count > 1 ? min(price, sameType.map(\.price).min() ?? price) : price
        var draft = draft
        draft.options = draft.options.compactMap { type in
            var type = type
            type.offerings = type.offerings.filter { $0.price < limit && !(isSpot && $0.capacity == .spot) }
            return type.offerings.isEmpty ? nil : type
        }
        guard !draft.options.isEmpty else { return nil }
        // What may be spot is launched as spot, so that the price holds.
        let cheapest = CapacityType.allCases.first { capacity in
            draft.options.contains { $0.offerings.contains { $0.capacity == capacity } }
        }
        if let cheapest { draft.requirements.add("karpenter.sh/capacity-type", LabelValues([cheapest.rawValue])) }
        draft.options = draft.options.compactMap { $0.offered(within: draft.requirements, requests: draft.requests) }
        return draft
    }
}
