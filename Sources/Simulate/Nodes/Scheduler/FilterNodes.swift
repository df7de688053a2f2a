/// The filters of the scheduler for one pod.
struct NodeFilter {
    let pod: PodPlacementSpec
    let cluster: ClusterState
    /// Whether the node's resources do not matter.
    var ignoresResources = false
    private let spreads: [SpreadCounts]

    init(_ pod: PodPlacementSpec, _ cluster: ClusterState) {
        self.pod = pod
        self.cluster = cluster
        let required = pod.spreads.filter(\.isRequired)
        spreads = required.map { SpreadCounts($0, pod, cluster, keys: required.map(\.topologyKey)) }
    }

    /// Why a node does not accept the pod; nil if it does.
    func rejection(_ node: ClusterNode) -> NodeRejection? {
        if !node.isReady { return .notReady }
        if let taint = pod.tolerations.firstUntolerated(node.taints) { return .taint(taint) }
        if !pod.accepts(node.labels) { return .nodeAffinity }
        if !ignoresResources {
            let missing = pod.requests.missing(in: cluster.free(on: node))
            if !missing.isEmpty { return .resources(missing) }
        }
        for counts in spreads {
            guard let domain = node.labels[counts.constraint.topologyKey] else {
                return .topologyKey(counts.constraint.topologyKey)
            }
            if counts.skew(after: pod, in: domain) > counts.constraint.maxSkew {
                return .spread(counts.constraint.topologyKey)
            }
        }
        return affinityRejection(node)
    }

    private func affinityRejection(_ node: ClusterNode) -> NodeRejection? {
        let terms = pod.affinity.filter { $0.weight == 0 }
        for term in terms where node.labels[term.topologyKey] == nil { return .topologyKey(term.topologyKey) }
        if !terms.isEmpty {
            let partners = cluster.pods.filter { other in
                other.node != nil && terms.allSatisfy { $0.selector.matches(other.spec) }
            }
            let areNear = terms.allSatisfy { term in partners.contains { isNear($0, node, term.topologyKey) } }
            // The first pod of a group that only wants to be near itself.
            let isFirst = partners.isEmpty && terms.allSatisfy { $0.selector.matches(pod) }
            if !areNear && !isFirst { return .podAffinity }
        }
        for other in cluster.pods where other.node != nil {
            let own = pod.antiAffinity.contains {
                $0.weight == 0 && $0.selector.matches(other.spec) && isNear(other, node, $0.topologyKey)
            }
            let others = other.spec.antiAffinity.contains {
                $0.weight == 0 && $0.selector.matches(pod) && isNear(other, node, $0.topologyKey)
            }
            if own || others { return .podAntiAffinity }
        }
        return nil
    }

    /// Whether a pod runs in the same topology domain as a node.
    private func isNear(_ other: ClusterPod, _ node: ClusterNode, _ key: String) -> Bool {
        guard let domain = node.labels[key], let place = other.node.flatMap(cluster.node) else { return false }
        return place.labels[key] == domain
    }
}

/// The pods that a spread constraint counts, by domain.
struct SpreadCounts {
    let constraint: SpreadConstraint
    let domains: [String: Int]

    init(_ constraint: SpreadConstraint, _ pod: PodPlacementSpec, _ cluster: ClusterState, keys: [String]) {
        self.constraint = constraint
        var domains: [String: Int] = [:]
        for node in cluster.nodes {
            guard let domain = node.labels[constraint.topologyKey], keys.allSatisfy({ node.labels[$0] != nil }),
                constraint.ignoresAffinity || pod.accepts(node.labels),
                constraint.ignoresTaints || pod.tolerations.firstUntolerated(node.taints) == nil
            else { continue }
            domains[domain, default: 0] += cluster.pods.count {
                $0.node == node.name && !$0.isDeleted && constraint.selector.matches($0.spec)
            }
        }
        for domain in cluster.possibleDomains[constraint.topologyKey] ?? []
        where pod.nodeSelector[constraint.topologyKey]?.contains(domain) ?? true {
            domains[domain, default: 0] += 0
        }
        self.domains = domains
    }

    /// The skew if the pod is put into a domain.
    func skew(after pod: PodPlacementSpec, in domain: String) -> Int {
        let least = domains.count < constraint.minDomains ? 0 : domains.values.min() ?? 0
        return (domains[domain] ?? 0) + (constraint.selector.matches(pod) ? 1 : 0) - least
    }
}
