import Groundwork

extension Inventory {
    /// Each workload with the pools that it may come to; none of those that may run anywhere.
    var reachingWorkloads: some Sequence<(workload: Workload, reach: Reach)> {
        zip(workloads, reaches).lazy.compactMap { workload, reach in reach.map { (workload, $0) } }
    }

    /// How many of a resource a node of a pool offers because a NodeOverlay says so; nil where none does.
    func offering(_ resource: String, of pool: Int) -> Int? {
        poolOverlays[pool].compactMap { overlays[$0].count(resource) }.max()
    }

    /// Whether Bottlerocket cuts the GPUs of a pool's nodes, and offers the instances as whole GPUs.
    func isCut(_ pool: Int) -> Bool {
        let nodes = nodes[pool]
        let settings = nodes.group?["bottlerocket"]?["settings"]?["kubelet-device-plugins"]?["nvidia"]
        if settings?["device-partitioning-strategy"]?.text == "mig" { return true }
        let name = nodes.object.spec?["template"]?["spec"]?["nodeClassRef"]?["name"]?.text ?? ""
        return object(.nodeClass, name)?.spec?["userData"]?.text?.contains("device-partitioning-strategy = \"mig\"")
            ?? false
    }

    /// Tells whether a pool's nodes can have a resource, as far as Karpenter knows.
    func offers(_ resource: String, _ pool: Int) -> Bool {
        // A static pool starts its nodes without asking what pods want.
        if nodes[pool].isStatic { return true }
        return offering(resource, of: pool).map { $0 > 0 }
            ?? (resource == "nvidia.com/gpu" && nodes[pool].hasGPUs != false)
    }
}

extension Inventory.Workload {
    /// Whether it asks for GPUs, as extended resources or through claims.
    var asksForGPUs: Bool { !pod.claims.isEmpty || pod.containers.contains { !$0.gpus.isEmpty } }

    /// Tells whether the node selection names a pool by a label of the pool's own.
    func names(_ pool: Inventory.Pool) -> Bool {
        pod.nodes.contains { $0.relation == .among && $0.accepts(pool.labels[$0.key]) }
    }

    /// Whether it is a daemon of GPU nodes: it asks for GPUs, selects their labels, or runs one of NVIDIA's agents.
    var isGPUDaemon: Bool {
        guard isDaemon else { return false }
        let agents = ["k8s-device-plugin", "dcgm-exporter", "gpu-feature-discovery", "k8s-mig-manager"]
        return asksForGPUs
            || pod.nodes.contains {
                $0.key.hasPrefix("nvidia.com/") || $0.key.hasPrefix("karpenter.k8s.aws/instance-gpu-")
            }
            || pod.containers.contains { container in
                agents.contains { container.value["image"]?.text?.contains($0) ?? false }
            }
    }
}

extension Inventory.Overlay {
    /// The count of a resource that it adds to a node.
    func count(_ resource: String) -> Int? { capacity.first { $0.resource == resource }?.count }
}
