extension Rule {
    static let mismatchedOverlay = Rule(
        "mismatched-overlay", .sharing, .warning,
        why:
            "Karpenter counts shares by the NodeOverlay, and pods get what the device plugin makes: with more in the overlay pods wait for nodes that have no room for them",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: shared}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.12xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]
              capacity: {nvidia.com/gpu.shared: 16}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              shared: |
                version: v1
                sharing: {timeSlicing: {renameByDefault: true, resources: [{name: nvidia.com/gpu, replicas: 4}]}}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: shared}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.12xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]
              capacity: {nvidia.com/gpu.shared: ↓12}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              shared: |
                version: v1
                sharing: {timeSlicing: {renameByDefault: true, resources: [{name: nvidia.com/gpu, replicas: 4}]}}
            """
        ]
    ) { tree, findings in
        let configs = tree.pluginConfigs
        guard !configs.isEmpty else { return }
        for (number, pool) in tree.pools.enumerated() {
            let counts = Set(pool.types.map(\.gpuCount))
            let label = pool.labels["nvidia.com/device-plugin.config"]
            let config =
                label.map { name in configs.first { $0.entry.key == name } } ?? (configs.count == 1 ? configs[0] : nil)
            guard let config, let shares = config.shares, counts.count == 1, let gpus = counts.first else { continue }
            for overlay in tree.poolOverlays[number].map({ tree.overlays[$0] }) {
                guard let capacity = overlay.object.spec?["capacity"], let value = capacity[shares.resource],
                    let written = value.count, written != shares.replicas * gpus
                else { continue }
                findings.add(
                    "\(overlay.object.words) gives the nodes of \(pool.words) \(written) `\(shares.resource)`, and the device plugin makes \(shares.replicas * gpus)",
                    at: value.place, label: "\(gpus) GPU\(gpus == 1 ? "" : "s") of \(shares.replicas) shares each",
                    notes: [.init("the device plugin's configuration is here", at: config.entry.keyPlace)])
            }
        }
    }
}

extension Inventory.PluginConfig {
    /// Into how many shares a GPU is divided, and what they are called; nil where GPUs are not shared.
    fileprivate var shares: (resource: String, replicas: Int)? {
        for kind in ["timeSlicing", "mps"] {
            guard let sharing = root?["sharing"]?[kind] else { continue }
            for resource in sharing["resources"]?.items ?? [] where resource["name"]?.text == "nvidia.com/gpu" {
                guard let replicas = resource["replicas"]?.count, resource["devices"] == nil else { continue }
                let isRenamed = sharing["renameByDefault"]?.boolean ?? (kind == "mps")
                return (
                    resource["rename"]?.text ?? (isRenamed ? "nvidia.com/gpu.shared" : "nvidia.com/gpu"), replicas
                )
            }
        }
        return nil
    }
}
