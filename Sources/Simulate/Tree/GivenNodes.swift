import Groundwork

/// A node that no decision of Karpenter makes: of a static NodePool, or of a pool that exists already.
package struct GivenNode: Sendable {
    package let node: ClusterNode
    package let pool: String
    /// Dollars per hour; zero for nodes whose group is paid for by its use.
    package let price: Double
    /// The model for whose replicas it is there; nil for a node that is there without them.
    package let model: String?

    init(_ node: ClusterNode, pool: String, price: Double = 0, model: String? = nil) {
        (self.node, self.pool, self.price, self.model) = (node, pool, price, model)
    }
}

/// The nodes of NodePools with a fixed number of them.
func staticNodes(_ objects: [ManifestValue], _ workloads: [TreeWorkload], _ conditions: TreeConditions) -> [GivenNode] {
    objects.filter { $0["kind"]?.text == "NodePool" }.flatMap { object -> [GivenNode] in
        guard let count = object.at("spec", "replicas")?.integer, let name = object.at("metadata", "name")?.text else {
            return []
        }
        let template = object.at("spec", "template")
        var requirements = LabelRequirements(reading: template?.at("spec", "requirements")?.items)
        var labels = template?.at("metadata", "labels")?.texts ?? [:]
        labels["karpenter.sh/nodepool"] = name
        requirements.add(LabelRequirements(labels))
        guard
            let type = poolTypes(objects, [requirements], conditions).first(where: { type in
                type.labels["karpenter.sh/nodepool"].map { $0 == name } ?? true
            })
        else { return [] }
        let taints = (template?.at("spec", "taints")?.items ?? []).compactMap { NodeTaint(reading: $0) }
        let zones = requirements["topology.kubernetes.io/zone"]?.list ?? conditions.zones
        return (0..<count).map { place in
            var own = type.labels.merging(labels) { $1 }
            for key in requirements.keys { own[key] = requirements[key]?.single ?? own[key] }
            if !zones.isEmpty { own["topology.kubernetes.io/zone"] = zones[place % zones.count] }
            var amounts = type.allocatable
            for workload in workloads where workload.pod.tolerations.firstUntolerated(taints) == nil {
                for (resource, wanted) in workload.pod.requests.amounts where resource.hasPrefix("claim/") {
                    let fitting = conditions.replicasPerNode[workload.model ?? ""]
                    amounts[resource] = max(amounts[resource], wanted * (fitting ?? 1))
                }
            }
            let node = ClusterNode("\(name)-\(place + 1)", labels: own, taints: taints, allocatable: amounts)
            return GivenNode(node, pool: name, price: type.offerings.first?.price ?? 0)
        }
    }
}

/// Nodes for the Deployments that no NodePool of the tree can run: their pools exist already, or belong to others.
///
/// They are taken as present for all replicas, and are paid for as their group is used; without a known group they cost nothing.
func existingNodes(
    _ workloads: [TreeWorkload], _ pools: [KarpenterPool], _ types: [OfferedType], besides given: [GivenNode],
    _ conditions: TreeConditions
) -> [GivenNode] {
    workloads.flatMap { workload -> [GivenNode] in
        let pod = workload.pod
        let isGiven = given.contains { node in
            pod.accepts(node.node.labels) && pod.tolerations.firstUntolerated(node.node.taints) == nil
                && pod.requests.fits(in: node.node.allocatable)
        }
        guard !isGiven, !pools.contains(where: { $0.mayRun(pod, types) }) else { return [] }
        var labels: [String: String] = [:]
        var wanted = pod.nodeSelector
        if let term = pod.nodeTerms?.first { wanted.add(term) }
        for key in wanted.keys { labels[key] = wanted[key]?.list.first }
        return (0..<max(1, workload.mostReplicas + workload.deployment.surge)).map { place in
            var own = labels
            if own["topology.kubernetes.io/zone"] == nil, !conditions.zones.isEmpty {
                own["topology.kubernetes.io/zone"] = conditions.zones[place % conditions.zones.count]
            }
            let node = ClusterNode("existing-\(workload.name)-\(place + 1)", labels: own, allocatable: pod.requests)
            let group = conditions.groups.first { $0.replicasPerNode[workload.model ?? ""] != nil }?.name
            return GivenNode(
                node, pool: group ?? "existing nodes of \(workload.name)", model: group == nil ? nil : workload.model)
        }
    }
}

extension KarpenterPool {
    /// Whether a pod could run on a new node of the pool if its limits allow it.
    func mayRun(_ pod: PodPlacementSpec, _ types: [OfferedType]) -> Bool {
        guard pod.tolerations.firstUntolerated(taints) == nil else { return false }
        return (pod.nodeTerms ?? [LabelRequirements()]).contains { term in
            var wanted = pod.nodeSelector
            wanted.add(term)
            guard requirements.isCompatible(with: wanted, isWellKnown: isWellKnownLabel) else { return false }
            var all = requirements
            all.add(wanted)
            return types.contains { $0.offered(within: all, requests: pod.requests) != nil }
        }
    }
}
