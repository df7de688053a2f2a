import Groundwork

extension Inventory.Pool {
    /// The GPUs of one node; nil if its instance types differ or are unknown.
    var gpusPerNode: Int? { hasGPUs == true ? gpuTypes.gpusPerNode : nil }

    /// How many pods that request a count of a resource fit within the limits; nil if there is no limit.
    func room(for count: Int, of resource: String, offering: Int?) -> Int? {
        guard count > 0 else { return nil }
        let limits = object.spec?["limits"]
        let perNode = resource == "nvidia.com/gpu" ? offering ?? gpusPerNode : offering
        let gpus = limits?["nvidia.com/gpu"]?.count
        let nodes = [
            // The limit of a static pool leaves room for replacing nodes; `replicas` is the number of nodes.
            (group?["maxSize"] ?? object.spec?["replicas"] ?? limits?["nodes"])?.count,
            gpus.flatMap { gpus in gpusPerNode.map { gpus / max(1, $0) } },
        ].compactMap { $0 }.min()
        if let nodes, let perNode { return nodes * (perNode / count) }
        return resource == "nvidia.com/gpu" ? gpus.map { $0 / count } : nil
    }
}

extension [LabelRequirement] {
    /// Whether nodes that meet all of the requirements have NVIDIA GPUs; nil if they do not determine it.
    func gpus(_ types: PoolTypes) -> Bool? {
        if types.types.isEmpty, types.isComplete { return false }
        let said = compactMap(\.saysOfGPUs)
        return said.contains(false) ? false : said.first
    }
}

extension LabelRequirement {
    /// Whether nodes that meet the requirement have NVIDIA GPUs; nil if it does not determine it.
    fileprivate var saysOfGPUs: Bool? {
        switch (key, relation) {
        case ("node.kubernetes.io/instance-type", .among), ("karpenter.k8s.aws/instance-family", .among):
            values.contains(where: isGPUType)
        case ("karpenter.k8s.aws/instance-category", .among):
            values.isEmpty || !values.allSatisfy { ["g", "gr", "p"].contains($0) } ? nil : true
        case ("karpenter.k8s.aws/instance-gpu-manufacturer", .among): values.contains("nvidia")
        case let (key, relation) where key.hasPrefix("karpenter.k8s.aws/instance-accelerator-"):
            relation == .among || relation == .exists ? false : nil
        case let (key, relation) where key.hasPrefix("karpenter.k8s.aws/instance-gpu-"):
            relation == .absent ? false : relation == .notAmong ? nil : true
        default: nil
        }
    }
}

/// Tells whether an EC2 instance type or family has NVIDIA GPUs: families `g…`, `gr…` and `p…`, without AMD's `g4ad`.
private func isGPUType(_ name: String) -> Bool {
    let family = name.prefix { $0 != "." }
    let letters = family.prefix { $0.isLetter }
    return (letters == "g" || letters == "gr" || letters == "p") && family != "g4ad"
}
