import Groundwork

extension Rule {
    static let devicePluginConfigNotFound = Rule(
        "device-plugin-config-not-found", .sharing, inPartialTree: .warnOnEvidence,
        why:
            "if a node's label names no key of the device plugin's ConfigMap, the node keeps the default configuration: its GPUs are not shared, or not partitioned",
        accepts: [
            #"""
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: mig}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              mig: "version: v1\nflags: {migStrategy: mixed}"
            """#,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: shared}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              default: |
                version: v1
                flags: {migStrategy: none}
              shared: |
                version: v1
                sharing: {timeSlicing: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: elsewhere}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {shared: "true"}
            """,
        ],
        rejects: [
            #"""
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: ↓mgi}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              mig: "version: v1\nflags: {migStrategy: mixed}"
            """#,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/device-plugin.config: ↓plugin}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              config.yaml: |
                version: v1
                sharing: {mps: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}
            """,
        ]
    ) { tree, findings in
        let keys = tree.pluginConfigs.map(\.entry.key)
        guard !keys.isEmpty else { return }
        for pool in tree.pools {
            guard let label = pool.object.spec?["template"]?["metadata"]?["labels"]?["nvidia.com/device-plugin.config"],
                !keys.contains(label.text ?? "")
            else { continue }
            findings.add(
                "\(pool.object.words) selects the device plugin configuration `\(label.text ?? "")`, which no ConfigMap has",
                at: label.place, label: "the default configuration applies", help: meant(label, keys))
        }
    }
}
