import Groundwork

/// Karpenter in virtual time: NodeClaims, their nodes, and the decisions to create and to remove them.
package struct Karpenter: Sendable {
    package let pools: [KarpenterPool]
    package let timing: KarpenterTiming
    package var cloud: CloudConditions
    let types: [OfferedType]
    let daemons: [PodPlacementSpec]
    /// When the simulation starts, for the schedules of budgets.
    let epoch: Instant

    package internal(set) var claims: [NodeClaim] = [] { didSet { claimsVersion &+= 1 } }
    /// Goes up with each change of the claims.
    private var claimsVersion = 0
    var batch: ProvisioningBatch?
    /// When each pending pod was noticed last.
    var triggers: [String: VirtualTime] = [:]
    /// Until when offerings are not tried again.
    var unavailable: [Offering: VirtualTime] = [:]
    /// The nodes that a reservation has, less those in use.
    var reserved: [Offering: Int] = [:]
    var commands: [DisruptionCommand] = []
    var nextPass = VirtualTime.start
    /// A command that is about to be validated, and the method that proposed it.
    var proposal: (command: DisruptionCommand, method: DisruptionMethod, due: VirtualTime)?
    private var created = 0
    /// Where the pods of the last decision go, and what it rested on.
    var placed: PlacedPods?
    /// What the last pass of the disruption controller rested on, if it found nothing.
    var fruitless: DisruptionState?

    package init(
        pools: [KarpenterPool], types: [OfferedType], daemons: [PodPlacementSpec] = [],
        cloud: CloudConditions = CloudConditions(), timing: KarpenterTiming = KarpenterTiming(),
        epoch: Instant = Instant(seconds: 0)
    ) {
        // The heaviest first; Karpenter's order of equals is not defined.
        self.pools = pools.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
        self.types = types
        self.daemons = daemons
        self.cloud = cloud
        self.timing = timing
        self.epoch = epoch
        for offering in types.flatMap(\.offerings) {
            if let count = offering.count { reserved[offering] = count }
        }
    }

    /// Does everything that is due; to be called after the scheduler, and at the latest when it wakes.
    package mutating func step(at now: VirtualTime, _ cluster: inout ClusterState) -> [KarpenterEvent] {
        var events: [KarpenterEvent] = []
        advanceClaims(now, &cluster, &events)
        expireClaims(now, &cluster, &events)
        finishCommands(now, &cluster, &events)
        provision(now, &cluster, &events)
        disrupt(now, &cluster, &events)
        drainNodes(now, &cluster, &events)
        return events
    }

    /// The next moment at which something may be due that nothing else announces.
    package func wakes(after now: VirtualTime, _ cluster: ClusterState) -> VirtualTime? {
        var next: VirtualTime?
        func consider(_ moment: VirtualTime?) {
            if let moment, moment > now, moment < next ?? .never { next = moment }
        }
        for place in claims.indices {
            consider(claims[place].due)
            if claims[place].phase != .initialized { consider(timeout(of: claims[place])) }
            consider(claims[place].reclaimed)
            consider(claims[place].terminated)
            consider(expiry(place))
            if claims[place].deleted != nil { consider(now + 1000) }
        }
        consider(batch?.end(timing))
        consider(proposal?.due ?? nextPass)
        if !triggers.isEmpty {
            let pending = Set(cluster.pods.lazy.filter(\.isPending).map(\.name))
            for (name, moment) in triggers where pending.contains(name) { consider(moment + timing.retrigger) }
        }
        return next
    }

    /// What decisions about pods and nodes rest on.
    func state(_ cluster: ClusterState, at now: VirtualTime) -> DecisionState {
        DecisionState(
            cluster: cluster.version, claims: claimsVersion, unavailable: unavailable.values.count { $0 > now },
            reserved: reserved.values.reduce(0, +))
    }

    func pool(_ name: String) -> KarpenterPool? { pools.indices.first { pools[$0].name == name }.map { pools[$0] } }

    /// What DaemonSets will request on the nodes of each pool.
    var overhead: [String: ResourceAmounts] {
        var overhead: [String: ResourceAmounts] = [:]
        for pool in pools {
            let running = daemons.filter { daemon in
                let terms = daemon.nodeTerms ?? [LabelRequirements()]
                return daemon.tolerations.firstUntolerated(pool.taints) == nil
                    && pool.requirements.isCompatible(with: daemon.nodeSelector, isWellKnown: isWellKnownLabel)
                    && terms.contains { pool.requirements.isCompatible(with: $0, isWellKnown: isWellKnownLabel) }
            }
            overhead[pool.name] = running.reduce(ResourceAmounts()) { $0 + $1.requests }
        }
        return overhead
    }

    /// The types with the offerings that may have capacity.
    func available(at now: VirtualTime) -> [OfferedType] {
        types.compactMap { type in
            var type = type
            type.offerings = type.offerings.filter { offering in
                unavailable[offering].map { $0 <= now } ?? true && reserved[offering].map { $0 > 0 } ?? true
            }
            return type.offerings.isEmpty ? nil : type
        }
    }

    /// What the limits of each pool still allow; nodes that leave do not count.
    private func remaining(without leaving: Set<String>) -> [String: PoolLimit] {
        var remaining: [String: PoolLimit] = [:]
        for pool in pools {
            var limit = pool.limit
            for claim in claims where claim.pool == pool.name && !leaving.contains(claim.name) {
                var counted = claim.capacity
                counted["nodes"] = 1000
                limit.take(counted)
            }
            remaining[pool.name] = limit
        }
        return remaining
    }

    /// Simulates what would become of some pods without some claims.
    func simulation(_ cluster: ClusterState, without excluded: Set<String>, at now: VirtualTime)
        -> ProvisioningSimulation
    {
        let leaving = excluded.union(claims.filter { $0.deleted != nil || $0.isDisrupted }.map(\.name))
        var rest = cluster.without(nodes: leaving)
        for claim in claims where claim.phase == .registered {
            let taints = pool(claim.pool)?.taints ?? []
            rest.change(node: claim.name) { node in
                node.isReady = true
                node.taints = taints
            }
        }
        let open = claims.filter { $0.node == nil && !leaving.contains($0.name) }.compactMap { claim in
            pool(claim.pool).map { pool in
                ClaimDraft(
                    name: claim.name, pool: pool, requirements: claim.requirements, options: claim.options,
                    requests: claim.overhead, overhead: claim.overhead)
            }
        }
        return ProvisioningSimulation(
            rest, open: open, pools: pools, types: available(at: now), overhead: overhead,
            remaining: remaining(without: leaving)
        ) { [created] pool, index in "\(pool.name)-\(created + index + 1)" }
    }

    /// Creates the claim of a draft.
    mutating func create(_ draft: ClaimDraft, at now: VirtualTime) -> NodeClaim {
        created += 1
        let claim = NodeClaim(
            name: draft.name, pool: draft.pool.name,
            poolPlace: pools.firstIndex { $0.name == draft.pool.name } ?? 0, created: now,
            requirements: draft.requirements,
            options: draft.options, requests: draft.requests, overhead: draft.overhead, due: now + cloud.launch)
        claims.append(claim)
        return claim
    }

    mutating func change(_ name: String, _ change: (inout NodeClaim) -> Void) {
        if let place = claims.firstIndex(where: { $0.name == name }) { change(&claims[place]) }
    }

    func claim(_ name: String) -> NodeClaim? { claims.indices.first { claims[$0].name == name }.map { claims[$0] } }
}
