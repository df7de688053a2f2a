import Diagnostics
import Groundwork

extension Rule {
    static let nodeoverlayShareMismatch = Rule(
        "nodeoverlay-share-mismatch", .sharing, .warning,
        why:
            "Karpenter counts GPU shares and MIG partitions by the NodeOverlay, but pods get what the device plugin creates: if the overlay has more, pods stay pending because the nodes have no room for them",
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
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/mig.config: sevenths}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]
              capacity: {nvidia.com/mig-1g.10gb: 56}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs: {sevenths: [{devices: all, mig-enabled: true, mig-devices: {1g.10gb: 7}}]}
            """,
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g5.12xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: one}
            spec:
              requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}]
              capacity: {nvidia.com/gpu.shared: 4}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: four}
            spec:
              requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g5.12xlarge]}]
              capacity: {nvidia.com/gpu.shared: 16}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              shared: |
                version: v1
                sharing: {timeSlicing: {renameByDefault: true, resources: [{name: nvidia.com/gpu, replicas: 4}]}}
            """,
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
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/mig.config: sevenths}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]
              capacity: {nvidia.com/mig-1g.10gb: ↓7}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: mig-parted}
            data:
              config.yaml: |
                version: v1
                mig-configs: {sevenths: [{devices: all, mig-enabled: true, mig-devices: {1g.10gb: 7}}]}
            """,
        ]
    ) { tree, findings in
        guard !tree.overlays.isEmpty else { return }
        let (configs, layouts) = (tree.pluginConfigs, tree.sliceLayouts)
        for (number, pool) in tree.pools.enumerated() {
            guard let gpus = pool.gpusPerNode else { continue }
            let label = pool.labels["nvidia.com/device-plugin.config"]
            let config = configs.first { label == nil ? configs.count == 1 : $0.entry.key == label }
            let layout = pool.labels["nvidia.com/mig.config"].flatMap { name in layouts.first { $0.key == name } }
            for part in [config?.shares].compactMap({ $0 }) + (layout?.parts ?? []) {
                for overlay in tree.poolOverlays[number].map({ tree.overlays[$0] }) {
                    guard let value = overlay.object.spec?["capacity"]?[part.resource], let written = value.count,
                        written != part.perGPU * gpus
                    else { continue }
                    findings.add(
                        "\(overlay.object.words) gives the nodes of \(pool.words) \(written) `\(part.resource)`, but their configuration creates \(part.perGPU * gpus)",
                        at: value.place, label: "\(gpus) GPU\(gpus == 1 ? "" : "s") with \(part.perGPU) each",
                        notes: [.init("the configuration is here", at: part.place)])
                }
            }
        }
    }
}

/// The shares or partitions of each GPU: the resource and its count.
private struct GPUPart {
    let resource: String
    let perGPU: Int
    let place: SourceRange
}

extension Inventory.PluginConfig {
    /// The shares of each GPU; nil if GPUs are not shared.
    fileprivate var shares: GPUPart? {
        for kind in ["timeSlicing", "mps"] {
            guard let sharing = root?["sharing"]?[kind] else { continue }
            for resource in sharing.items(of: "resources") where resource["name"]?.text == "nvidia.com/gpu" {
                guard let replicas = resource["replicas"]?.count, resource["devices"] == nil else { continue }
                let isRenamed = sharing["renameByDefault"]?.boolean ?? (kind == "mps")
                let name = resource["rename"]?.text ?? (isRenamed ? "nvidia.com/gpu.shared" : "nvidia.com/gpu")
                return GPUPart(resource: name, perGPU: replicas, place: resource.keyPlace("replicas"))
            }
        }
        return nil
    }
}

extension ManifestValue.Entry {
    /// The MIG instances of each GPU in a layout of the MIG manager; none if its GPUs differ.
    fileprivate var parts: [GPUPart] {
        guard let items = value.items, items.count == 1, items[0]["devices"]?.text == "all",
            items[0]["device-filter"] == nil
        else { return [] }
        return (items[0]["mig-devices"]?.entries ?? []).compactMap { entry in
            entry.value.count.map {
                GPUPart(
                    resource: "nvidia.com/mig-" + entry.key.replacing("+", with: "."), perGPU: $0, place: entry.keyPlace
                )
            }
        }
    }
}
