extension Tree.Pool {
    /// Whether its nodes have NVIDIA GPUs; nil where the pool does not say.
    var hasGPUs: Bool? {
        if taints.contains(where: { $0.key == "nvidia.com/gpu" }) { return true }
        if object.spec?["limits"]?["nvidia.com/gpu"] != nil { return true }
        for requirement in requirements {
            switch requirement.key {
            case "node.kubernetes.io/instance-type", "karpenter.k8s.aws/instance-family":
                guard requirement.relation == .among else { continue }
                return requirement.values.contains(where: isGPUType)
            case "karpenter.k8s.aws/instance-category":
                guard requirement.relation == .among, !requirement.values.contains(where: { $0 == "g" || $0 == "p" })
                else { continue }
                return false
            case let key where key.hasPrefix("karpenter.k8s.aws/instance-gpu-"): return requirement.relation != .absent
            default: continue
            }
        }
        return nil
    }

    /// The GPUs of one node; nil where its types differ or are unknown.
    var gpusPerNode: Int? {
        for requirement in requirements where requirement.relation == .among && requirement.values.count == 1 {
            if requirement.key == "karpenter.k8s.aws/instance-gpu-count" { return requirement.values.first.flatMap { Int($0) } }
        }
        return nil
    }

    /// How many pods that ask for a count of a resource the limits hold; nil where nothing bounds them.
    func room(for count: Int, of resource: String, offering: Int?) -> Int? {
        guard count > 0 else { return nil }
        let limits = object.spec?["limits"]
        let perNode = resource == "nvidia.com/gpu" ? offering ?? gpusPerNode : offering
        let gpus = limits?["nvidia.com/gpu"]?.count
        let nodes = [
            limits?["nodes"]?.count ?? object.spec?["replicas"]?.count,
            gpus.flatMap { gpus in gpusPerNode.map { gpus / max(1, $0) } },
        ].compactMap { $0 }.min()
        if let nodes, let perNode { return nodes * (perNode / count) }
        return resource == "nvidia.com/gpu" ? gpus.map { $0 / count } : nil
    }
}

/// Tells whether an EC2 instance type or family has NVIDIA GPUs: families `g…`, `gr…` and `p…`, without AMD's `g4ad`.
private func isGPUType(_ name: String) -> Bool {
    let family = name.prefix { $0 != "." }
    let letters = family.prefix { $0.isLetter }
    return (letters == "g" || letters == "gr" || letters == "p") && family != "g4ad"
}
