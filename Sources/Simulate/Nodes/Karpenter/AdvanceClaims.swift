extension Karpenter {
    /// Takes every NodeClaim through launch, registration and initialization.
    mutating func advanceClaims(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        // An initialized claim has no next phase.
        for name in claims.indices.filter({ claims[$0].phase != .initialized }).map({ claims[$0].name }) {
            var goesOn = true
            while goesOn, let claim = claim(name), claim.deleted == nil {
                let (phase, due) = (claim.phase, claim.due)
                timeOut(claim, now, &cluster, &events)
                guard self.claim(name)?.deleted == nil, self.claim(name) != nil, due <= now else { break }
                switch phase {
                case .launching: launch(claim, now, &events)
                case .launched: register(claim, &cluster, &events)
                case .registered: initialize(claim, &cluster, &events)
                case .initialized: goesOn = false
                }
            }
        }
        for name in claims.indices.filter({ (claims[$0].reclaimed ?? .never) <= now }).map({ claims[$0].name }) {
            end(name, &cluster, &events)
        }
    }

    /// Until when a claim must have reached the next phase.
    func timeout(of claim: NodeClaim) -> VirtualTime? {
        switch claim.phase {
        case .launching: claim.created + timing.launchTimeout
        case .launched: claim.created + timing.registrationTimeout
        case .registered, .initialized: nil
        }
    }

    /// Deletes a claim that is not launched or registered in time.
    private mutating func timeOut(
        _ claim: NodeClaim, _ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]
    ) {
        // What comes at the same moment comes in time.
        guard let limit = timeout(of: claim), limit <= now, claim.due > now else { return }
        events.append(.timedOut(claim: claim.name))
        delete(claim.name, .timedOut, at: now, &cluster, &events)
    }

    /// Asks EC2 for the cheapest offering of the first capacity type that a claim allows.
    private mutating func launch(_ claim: NodeClaim, _ now: VirtualTime, _ events: inout [KarpenterEvent]) {
        let offerings = available(at: now).flatMap { type in
            type.offered(within: claim.requirements, requests: claim.requests)?.offerings ?? []
        }.filter { offering in claim.options.contains { $0.name == offering.type } }
        let capacity = CapacityType.allCases.first { type in offerings.contains { $0.capacity == type } }
        let order = offerings.filter { $0.capacity == capacity }.sorted {
            ($0.price, $0.type, $0.zone) < ($1.price, $1.type, $1.zone)
        }
        for offering in order {
            if cloud.isShort(offering, at: now) {
                unavailable[offering] = now + timing.unavailable
                continue
            }
            if let left = reserved[offering] { reserved[offering] = left - 1 }
            let due = claim.due + cloud.join
            change(claim.name) { claim in
                claim.offering = offering
                claim.phase = .launched
                claim.due = due
                claim.options = claim.options.filter { $0.name == offering.type }
                claim.requirements.add("topology.kubernetes.io/zone", LabelValues([offering.zone]))
                claim.requirements.add("node.kubernetes.io/instance-type", LabelValues([offering.type]))
                claim.requirements.add("karpenter.sh/capacity-type", LabelValues([offering.capacity.rawValue]))
            }
            events.append(.launched(claim: claim.name, offering))
            return
        }
        events.append(.insufficientCapacity(claim: claim.name))
        claims.removeAll { $0.name == claim.name }
    }

    /// Lets the node join the cluster.
    private mutating func register(
        _ claim: NodeClaim, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]
    ) {
        guard let pool = pool(claim.pool), let type = claim.options.first else { return }
        var labels = type.labels.merging(pool.labels) { $1 }
        for key in claim.requirements.keys { labels[key] = claim.requirements[key]?.single ?? labels[key] }
        cluster.add(
            ClusterNode(
                claim.name, labels: labels, taints: pool.taints + pool.startupTaints,
                allocatable: type.allocatable - claim.overhead, isReady: false))
        let due = claim.due + cloud.initialize
        change(claim.name) { claim in
            claim.phase = .registered
            claim.due = due
        }
        events.append(.registered(claim: claim.name))
    }

    /// Makes the node ready, with its devices and without its startup taints.
    private mutating func initialize(
        _ claim: NodeClaim, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]
    ) {
        let startup = pool(claim.pool)?.startupTaints ?? []
        cluster.change(node: claim.name) { node in
            node.isReady = true
            node.taints.removeAll { startup.contains($0) }
        }
        change(claim.name) { claim in
            claim.phase = .initialized
            claim.initialized = claim.due
        }
        events.append(.initialized(claim: claim.name))
    }
}
