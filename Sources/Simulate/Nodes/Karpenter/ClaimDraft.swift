/// A NodeClaim that is not created yet, or not launched yet: a node whose type and zone are still open.
struct ClaimDraft: Sendable {
    let name: String
    let pool: KarpenterPool
    var requirements: LabelRequirements
    var options: [OfferedType]
    /// The requests of its pods and of DaemonSets.
    var requests: ResourceAmounts
    let overhead: ResourceAmounts
    var pods: [String] = []

    /// The labels that are certain, as a node that accepts any amount.
    func node(zone: String?) -> ClusterNode {
        var labels: [String: String] = [:]
        for key in requirements.keys { labels[key] = requirements[key]?.single }
        if let zone { labels["topology.kubernetes.io/zone"] = zone }
        return ClusterNode(name, labels: labels, taints: pool.taints, allocatable: ResourceAmounts())
    }

    /// The zones in which one of its types is offered.
    var zones: [String] {
        Set(options.flatMap { $0.offerings.map(\.zone) }).filter { zone in
            requirements["topology.kubernetes.io/zone"]?.contains(zone) ?? true
        }.sorted()
    }

    /// The draft with a further pod; nil if no type can run it.
    func adding(_ pod: PodPlacementSpec, named name: String) -> ClaimDraft? {
        guard pod.tolerations.firstUntolerated(pool.taints) == nil, pod.tolerations.advised(pool.taints) == 0,
            requirements.isCompatible(with: pod.nodeSelector, isWellKnown: isWellKnownLabel)
        else { return nil }
        var draft = self
        draft.requirements.add(pod.nodeSelector)
        draft.requests += pod.requests
        draft.pods.append(name)
        draft.options = options.compactMap { $0.offered(within: draft.requirements, requests: draft.requests) }
        return draft.options.isEmpty ? nil : draft
    }

    /// The same in one zone; nil if no type is offered there.
    func fixed(to zone: String) -> ClaimDraft? {
        var draft = self
        draft.requirements.add("topology.kubernetes.io/zone", LabelValues([zone]))
        draft.options = options.compactMap { $0.offered(within: draft.requirements, requests: requests) }
        return draft.options.isEmpty ? nil : draft
    }

    /// The price of its cheapest offering.
    var price: Double { options.flatMap(\.offerings).map(\.price).min() ?? .infinity }
}

extension OfferedType {
    /// The type with the offerings that meet requirements; nil if there is none, or if the requests do not fit.
    func offered(within requirements: LabelRequirements, requests: ResourceAmounts) -> OfferedType? {
        guard requests.fits(in: allocatable),
            requirements.keys.allSatisfy({ key in
                guard let value = labels[key] else { return true }
                return requirements[key]?.contains(value) ?? true
            })
        else { return nil }
        var type = self
        type.offerings = offerings.filter { offering in
            requirements["topology.kubernetes.io/zone"]?.contains(offering.zone) ?? true
                && requirements["karpenter.sh/capacity-type"]?.contains(offering.capacity.rawValue) ?? true
        }
        return type.offerings.isEmpty ? nil : type
    }
}

/// Whether nodes may have a label that their NodePool does not name.
func isWellKnownLabel(_ key: String) -> Bool {
    let names = [
        "topology.kubernetes.io/zone", "topology.kubernetes.io/region", "node.kubernetes.io/instance-type",
        "kubernetes.io/arch", "kubernetes.io/os", "karpenter.sh/capacity-type", "karpenter.sh/nodepool",
        "topology.k8s.aws/zone-id",
    ]
    return names.contains(key) || key.hasPrefix("karpenter.k8s.aws/")
}
