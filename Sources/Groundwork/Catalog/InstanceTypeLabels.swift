extension InstanceType {
    /// What is known of a label of a type's nodes.
    package enum NodeLabel: Sendable, Hashable { case value(String), absent, unknown }

    /// The labels that Karpenter derives from a type, as the catalog knows them.
    package static let nodeLabels =
        [
            "node.kubernetes.io/instance-type", "kubernetes.io/arch",
        ]
        + [
            "family", "size", "category", "generation", "cpu", "memory", "local-nvme", "network-bandwidth", "gpu-name",
            "gpu-manufacturer", "gpu-count", "gpu-memory",
        ].map { "karpenter.k8s.aws/instance-\($0)" }

    /// The value of a label that Karpenter derives from the type.
    package func nodeLabel(_ key: String) -> NodeLabel {
        if key == "node.kubernetes.io/instance-type" { return .value(name) }
        if key == "kubernetes.io/arch" { return .value(processor.rawValue) }
        let prefix = "karpenter.k8s.aws/"
        guard key.hasPrefix(prefix) else { return .unknown }
        func ofGPUs(_ value: String) -> NodeLabel { gpuCount > 0 ? .value(value) : .absent }
        switch key.dropFirst(prefix.count) {
        case "instance-family": return .value(family)
        case "instance-size": return .value(String(name.dropFirst(family.count + 1)))
        case "instance-category": return .value(String(family.prefix { $0.isLetter }))
        case "instance-generation": return .value(String(family.drop { $0.isLetter }.prefix { $0.isNumber }))
        case "instance-cpu": return .value("\(vcpu)")
        case "instance-memory": return .value("\(memoryMiB)")
        case "instance-local-nvme": return nvmeGB > 0 ? .value("\(nvmeGB)") : .absent
        case "instance-network-bandwidth": return .value("\(Int(networkGbps * 1000))")
        case "instance-gpu-name": return ofGPUs(gpuLabel)
        case "instance-gpu-manufacturer": return ofGPUs("nvidia")
        case "instance-gpu-count": return ofGPUs("\(gpuCount)")
        case "instance-gpu-memory": return ofGPUs("\(gpuMemoryMiB)")
        case "instance-accelerator-name", "instance-accelerator-manufacturer", "instance-accelerator-count":
            return .absent
        default: return .unknown
        }
    }
}
