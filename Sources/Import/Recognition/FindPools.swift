import Groundwork

/// Finds the pools whose nodes a workload may use, in the order in which it names them.
func findPools(of workload: ImportedObject, in tree: ImportedTree) -> [FoundPool] {
    let pod = workload.template?["spec"]
    let all = pools(of: tree)
    // By the label of our pools, or by that of Karpenter.
    for key in ["stowage.dev/pool", "karpenter.sh/nodepool", "eks.amazonaws.com/nodegroup"] {
        let names = requiredValues(key, of: pod)
        let found = names.compactMap { name in
            all.first { key == "stowage.dev/pool" ? $0.poolName == name && $0.isOurs : $0.name == name }
        }
        if !found.isEmpty { return found }
    }
    // By labels that the pod selects, then by the taints that it tolerates.
    let wanted = pod?["nodeSelector"]?.entries ?? []
    let tolerated = Set((pod?["tolerations"]?.items ?? []).compactMap { $0["key"]?.text })
    return all.filter { pool in
        guard !pool.isOurs, pool.hasGPUs else { return false }
        let fits = wanted.allSatisfy { entry in
            pool.labels?[entry.key]?.text == entry.value.text
                || pool.requirement(entry.key).contains { $0.text == entry.value.text }
        }
        return fits && (pool.taints?.items ?? []).allSatisfy { tolerated.contains($0["key"]?.text ?? "") }
    }
}

/// The pools of a tree: NodePools, and the node groups of eksctl.
func pools(of tree: ImportedTree) -> [FoundPool] {
    tree.all("NodePool").map { FoundPool(object: $0, group: nil) }
        + tree.all("ClusterConfig").flatMap { config in
            config.root.items(of: "managedNodeGroups").map { FoundPool(object: config, group: $0) }
        }
}

/// The values of a node label that a pod requires.
func requiredValues(_ key: String, of pod: ManifestValue?) -> [String] {
    if let value = pod?["nodeSelector"]?[key]?.text { return [value] }
    let affinity = pod?.at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    let expressions = (affinity?.items(of: "nodeSelectorTerms") ?? []).flatMap { $0.items(of: "matchExpressions") }
    let required = expressions.filter { $0["key"]?.text == key && $0["operator"]?.text == "In" }
    return required.flatMap { $0.items(of: "values") }.compactMap(\.text)
}

extension FoundPool {
    /// Whether its nodes have GPUs that the catalog knows.
    fileprivate var hasGPUs: Bool {
        if types.contains(where: { $0.text.flatMap(Catalog.instanceType(named:)) != nil }) { return true }
        let families = requirement("karpenter.k8s.aws/instance-family").compactMap(\.text)
        return families.contains { !Catalog.instanceTypes(ofFamily: $0).isEmpty }
            || requirement("karpenter.k8s.aws/instance-gpu-manufacturer").contains { $0.text == "nvidia" }
    }

    /// The instance types by name, those of families included.
    var typeNames: [(name: String, home: String)] {
        let named = types.compactMap { value in value.text.map { ($0, value.home) } }
        if !named.isEmpty { return named.filter { Catalog.instanceType(named: $0.0) != nil } }
        return requirement("karpenter.k8s.aws/instance-family").flatMap { value in
            Catalog.instanceTypes(ofFamily: value.text ?? "").map { ($0.name, value.home) }
        }
    }
}
