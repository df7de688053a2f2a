extension Rule {
    static let mixedSharing = Rule(
        "mixed-sharing", .sharing,
        why: "the device plugin shares the GPUs of a node by time or by MPS, never both, and slices not by MPS",
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
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: plugin}
            data:
              ↓a: |
                version: v1
                sharing:
                  timeSlicing:
                    resources: [{name: nvidia.com/gpu, replicas: 4}]
                  mps:
                    resources: [{name: nvidia.com/gpu, replicas: 4}]
            """
        ]
    ) { tree, findings in
        for config in tree.pluginConfigs where config.text.mentions("nvidia.com/") {
            let lines = config.text.split(separator: "\n").map { $0.drop(while: { $0 == " " }) }
            let (isTimed, isMPS) = (
                lines.contains { $0.hasPrefix("timeSlicing:") }, lines.contains { $0.hasPrefix("mps:") }
            )
            guard isMPS, isTimed || config.text.mentions("nvidia.com/mig-") else { continue }
            findings.add(
                "`\(config.entry.key)` of \(config.map.words) shares GPUs by MPS and \(isTimed ? "by time" : "in slices")",
                at: config.entry.keyPlace, label: "one of the two")
        }
    }
}
