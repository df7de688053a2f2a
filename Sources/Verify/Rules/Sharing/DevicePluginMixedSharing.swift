import Groundwork

extension Rule {
    static let devicePluginMixedSharing = Rule(
        "device-plugin-mixed-sharing", .sharing,
        why:
            "the device plugin shares the GPUs of a node by time-slicing or by MPS, never both, and MIG partitions not by MPS",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              a: |
                version: v1
                sharing:
                  timeSlicing:
                    resources: [{name: nvidia.com/gpu, replicas: 4}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              time: |
                version: v1
                sharing: {timeSlicing: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}
              mps: |
                version: v1
                sharing: {mps: {resources: [{name: nvidia.com/gpu, replicas: 4}]}}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              slices: |
                version: v1
                flags: {migStrategy: mixed}
                sharing: {timeSlicing: {resources: [{name: nvidia.com/mig-1g.10gb, replicas: 2}]}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              a: |
                version: v1
                sharing:
                  timeSlicing:
                    resources: [{name: nvidia.com/gpu, replicas: 4}]
                  ↓mps:
                    resources: [{name: nvidia.com/gpu, replicas: 4}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              a: |
                version: v1
                flags: {migStrategy: mixed}
                sharing: {↓mps: {resources: [{name: nvidia.com/mig-1g.10gb, replicas: 4}]}}
            """,
        ]
    ) { tree, findings in
        for config in tree.pluginConfigs where config.text.mentions("nvidia.com/") {
            guard let sharing = config.root?["sharing"], let mps = sharing["mps"] else { continue }
            let isTimed = sharing["timeSlicing"] != nil
            let slices = mps["resources"]?.items?.contains { $0["name"]?.text?.hasPrefix("nvidia.com/mig-") ?? false }
            guard isTimed || slices == true else { continue }
            findings.add(
                "`\(config.entry.key)` of \(config.map.words) configures MPS \(isTimed ? "together with time-slicing" : "for MIG partitions")",
                at: sharing.keyPlace("mps"), label: isTimed ? "conflicts with `timeSlicing`" : "only for whole GPUs")
        }
    }
}
