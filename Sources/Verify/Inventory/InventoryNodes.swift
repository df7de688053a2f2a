import Groundwork

extension Inventory {
    /// Each workload with the pools that it can run on, without workloads that can run anywhere.
    var reachingWorkloads: some Sequence<(workload: Workload, reach: Reach)> {
        zip(workloads, reaches).lazy.compactMap { workload, reach in reach.map { (workload, $0) } }
    }

    /// The count of a resource that a NodeOverlay adds to a node of a pool; nil if none does.
    func offering(_ resource: String, of pool: Int) -> Int? {
        poolOverlays[pool].compactMap { overlays[$0].count(resource) }.max()
    }

    /// Whether Bottlerocket partitions the GPUs of a pool's nodes, and advertises the MIG instances as whole GPUs.
    func isPartitioned(_ pool: Int) -> Bool {
        let nodes = nodes[pool]
        let settings = nodes.group?["bottlerocket"]?["settings"]?["kubelet-device-plugins"]?["nvidia"]
        if settings?["device-partitioning-strategy"]?.text == "mig" { return true }
        let name = nodes.object.spec?["template"]?["spec"]?["nodeClassRef"]?["name"]?.text ?? ""
        return object(.nodeClass, name)?.spec?["userData"]?.text?.contains("device-partitioning-strategy = \"mig\"")
            ?? false
    }

    /// Finds the pools whose device plugin advertises the shares of GPUs under another name.
    func findRenamingPools() -> Set<Int> {
        let label = "nvidia.com/device-plugin.config"
        let configs = nodes.contains { $0.labels[label] != nil } ? pluginConfigs : []
        let renaming = Set(
            configs.filter { $0.root?["sharing"]?["timeSlicing"]?["renameByDefault"]?.boolean == true }.map(\.entry.key)
        )
        return Set(
            nodes.indices.filter { pool in
                if let key = nodes[pool].labels[label], renaming.contains(key) { return true }
                let userData = nodes[pool].nodeClass(in: self)?.spec?["userData"]?.text ?? ""
                return userData.mentions("rename-by-default = true") && userData.mentions("device-sharing-strategy")
            })
    }

    /// Tells whether a pool's nodes can have a resource, as far as Karpenter knows.
    func offers(_ resource: String, _ pool: Int) -> Bool {
        // A static pool starts its nodes regardless of pods.
        if nodes[pool].isStatic { return true }
        if resource == "nvidia.com/gpu", renamingPools.contains(pool) { return false }
        return offering(resource, of: pool).map { $0 > 0 }
            ?? (resource == "nvidia.com/gpu" && nodes[pool].hasGPUs != false)
    }
}

extension Inventory.Workload {
    /// Whether it requests GPUs, as extended resources or through claims.
    var asksForGPUs: Bool { !pod.claims.isEmpty || pod.containers.contains { !$0.gpus.isEmpty } }

    /// Tells whether the node selection names a pool by a label that the pool itself sets.
    func names(_ pool: Inventory.Pool) -> Bool {
        pod.nodes.contains { $0.relation == .among && $0.accepts(pool.labels[$0.key]) }
    }

    /// Whether it is a DaemonSet for GPU nodes: it requests GPUs, selects their labels, or runs one of NVIDIA's agents.
    var isGPUDaemon: Bool {
        guard isDaemon else { return false }
        let agents = ["dcgm-exporter", "gpu-feature-discovery", "k8s-mig-manager"]
        return asksForGPUs
            || pod.nodes.contains {
                $0.key.hasPrefix("nvidia.com/") || $0.key.hasPrefix("karpenter.k8s.aws/instance-gpu-")
            }
            || pod.containers.contains { container in
                if agents.contains(container.name) { return true }
                guard let image = container.value["image"]?.text else { return false }
                return isNVIDIAPlugin(image) || agents.contains { image.contains($0) }
            }
    }
}

extension Inventory.Overlay {
    /// The count of a resource that it adds to each node.
    func count(_ resource: String) -> Int? { capacity.first { $0.resource == resource }?.count }
}
