/// What Karpenter would do for some pods: put them on nodes that there are, or create NodeClaims.
struct ProvisioningSimulation {
    /// The nodes that there are, and the pods on them as far as they are decided.
    private var cluster: ClusterState
    /// What runs is about to be launched; then what is decided here.
    private var open: [ClaimDraft]
    private let created: Int
    private let pools: [KarpenterPool]
    private let types: [OfferedType]
    private let overhead: [String: ResourceAmounts]
    private var remaining: [String: PoolLimit]
    private let nameDraft: (KarpenterPool, Int) -> String
    /// The nodes and claims that the pods are put on.
    private(set) var places: [String: String] = [:]
    /// Why a pod cannot be put anywhere: a reason for each pool.
    private(set) var failures: [String: [String]] = [:]

    init(
        _ cluster: ClusterState, open: [ClaimDraft], pools: [KarpenterPool], types: [OfferedType],
        overhead: [String: ResourceAmounts], remaining: [String: PoolLimit],
        naming nameDraft: @escaping (KarpenterPool, Int) -> String
    ) {
        self.cluster = cluster
        self.open = open
        self.pools = pools
        self.types = types
        self.overhead = overhead
        self.remaining = remaining
        self.nameDraft = nameDraft
        created = open.count
        let zones = Set(types.flatMap { $0.offerings.map(\.zone) })
        // A new node is always a domain of its own.
        self.cluster.possibleDomains = ["topology.kubernetes.io/zone": zones, "kubernetes.io/hostname": [""]]
        for draft in open {
            self.cluster.add(draft.node(zone: nil))
            self.cluster.change(node: draft.name) { $0.isReady = false }
        }
    }

    /// The NodeClaims to create.
    var drafts: [ClaimDraft] { Array(open.dropFirst(created)) }

    /// Places pods, those that request most first.
    mutating func place(_ pods: [ClusterPod]) {
        let order = pods.enumerated().sorted { left, right in
            for name in ["cpu", "memory"] {
                let (first, second) = (left.element.spec.requests[name], right.element.spec.requests[name])
                if first != second { return first > second }
            }
            return left.offset < right.offset
        }
        for (_, pod) in order { place(pod) }
    }

    private mutating func place(_ pod: ClusterPod) {
        let dropsAdvice = pools.contains { $0.taints.contains { $0.effect == .preferNoSchedule } }
        var relaxed = RelaxedPod(pod.spec)
        repeat {
            if let place = find(ClusterPod(pod.name, relaxed.strict, created: pod.created)) {
                // The pod itself, not its relaxed form, is what others see.
                cluster.add(ClusterPod(pod.name, pod.spec, created: pod.created))
                cluster.bind(pod.name, to: place, at: pod.created)
                places[pod.name] = place
                return
            }
        } while relaxed.relax(dropsAdvice: dropsAdvice)
        failures[pod.name] = pools.map { "\($0.name): \(reason($0, pod))" }
    }

    private mutating func find(_ pod: ClusterPod) -> String? {
        let filter = NodeFilter(pod.spec, cluster)
        let names = Set(open.map(\.name))
        if let node = cluster.nodes.first(where: { !names.contains($0.name) && filter.rejection($0) == nil }) {
            return node.name
        }
        let order = open.indices.sorted {
            open[$0].pods.count == open[$1].pods.count ? $0 < $1 : open[$0].pods.count < open[$1].pods.count
        }
        for place in order {
            if let draft = accepted(open[place], pod, filter) {
                open[place] = draft
                update(draft)
                return draft.name
            }
        }
        for pool in pools {
            guard let draft = accepted(empty(pool), pod, filter) else { continue }
            remaining[pool.name]?.take(draft.options.reduce(ResourceAmounts()) { $0.greater($1.counted) })
            open.append(draft)
            update(draft)
            return draft.name
        }
        return nil
    }

    /// A NodeClaim of a pool without pods, with the types that the pool's limits still allow.
    private func empty(_ pool: KarpenterPool) -> ClaimDraft {
        let overhead = overhead[pool.name] ?? ResourceAmounts()
        let allowed = types.filter { remaining[pool.name]?.allows($0.counted) ?? true }
        return ClaimDraft(
            name: nameDraft(pool, open.count - created), pool: pool, requirements: pool.requirements, options: allowed,
            requests: overhead, overhead: overhead)
    }

    /// The draft with a pod, in a zone where its constraints on other pods hold.
    private func accepted(_ draft: ClaimDraft, _ pod: ClusterPod, _ filter: NodeFilter) -> ClaimDraft? {
        guard let draft = draft.adding(pod.spec, named: pod.name) else { return nil }
        func holds(_ zone: String?) -> Bool {
            let node = draft.node(zone: zone)
            var filter = filter
            filter.ignoresResources = true
            return filter.rejection(node) == nil
        }
        guard pod.spec.usesZones else { return holds(nil) ? draft : nil }
        let counts = Dictionary(uniqueKeysWithValues: draft.zones.map { ($0, matching(pod, in: $0)) })
        let zones = draft.zones.sorted { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
        return zones.lazy.compactMap { holds($0) ? draft.fixed(to: $0) : nil }.first
    }

    /// How many pods of the pod's spread constraints are in a zone.
    private func matching(_ pod: ClusterPod, in zone: String) -> Int {
        pod.spec.spreads.reduce(0) { sum, constraint in
            sum
                + cluster.pods.count { other in
                    constraint.selector.matches(other.spec)
                        && other.node.flatMap(cluster.node)?.labels["topology.kubernetes.io/zone"] == zone
                }
        }
    }

    /// Shows others what is known of a draft.
    private mutating func update(_ draft: ClaimDraft) {
        if cluster.node(draft.name) == nil {
            cluster.add(draft.node(zone: nil))
            cluster.change(node: draft.name) { $0.isReady = false }
        }
        let labels = draft.node(zone: nil).labels
        cluster.change(node: draft.name) { $0.labels = labels }
    }

    /// Why a pool cannot run a pod even without its preferences.
    private func reason(_ pool: KarpenterPool, _ pod: ClusterPod) -> String {
        var relaxed = RelaxedPod(pod.spec)
        while relaxed.relax(dropsAdvice: true) {}
        let strict = relaxed.strict
        if let taint = strict.tolerations.firstUntolerated(pool.taints) { return "does not tolerate \(taint.key)" }
        if !pool.requirements.isCompatible(with: strict.nodeSelector, isWellKnown: isWellKnownLabel) {
            return "incompatible requirements"
        }
        var requirements = pool.requirements
        requirements.add(strict.nodeSelector)
        let requests = strict.requests + (overhead[pool.name] ?? ResourceAmounts())
        let fitting = types.filter { $0.offered(within: requirements, requests: requests) != nil }
        if fitting.isEmpty { return "no instance type fits and is offered" }
        if let left = remaining[pool.name], !fitting.contains(where: { left.allows($0.counted) }) {
            return "all available instance types exceed limits"
        }
        return "constraints on other pods are not met"
    }
}

extension OfferedType {
    /// What counts toward limits, with the node itself.
    var counted: ResourceAmounts {
        var counted = capacity
        counted["nodes"] = 1000
        return counted
    }
}

extension PodPlacementSpec {
    /// Whether a zone must be chosen to check its constraints on other pods.
    fileprivate var usesZones: Bool {
        let keys = (affinity + antiAffinity).map(\.topologyKey) + spreads.map(\.topologyKey)
        return keys.contains("topology.kubernetes.io/zone")
    }
}
