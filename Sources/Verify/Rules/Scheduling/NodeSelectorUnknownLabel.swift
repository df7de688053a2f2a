import Diagnostics
import Groundwork

extension Rule {
    static let nodeSelectorUnknownLabel = Rule(
        "node-selector-unknown-label", .scheduling, .warning,
        why:
            "Karpenter starts no node for a label that no NodePool sets or requires; labels that agents set on "
            + "running nodes come too late",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {team: a}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {team: a, karpenter.k8s.aws/instance-gpu-name: h100}
                  containers: [{name: a}]
            """,
            """
            # Karpenter translates deprecated labels to their successors.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: beta.kubernetes.io/arch, operator: In, values: [amd64]}
                  - {key: failure-domain.beta.kubernetes.io/zone, operator: In, values: [us-east-1a]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {beta.kubernetes.io/instance-type: p5.48xlarge, beta.kubernetes.io/os: linux}
                  containers: [{name: a}]
            """,
            """
            # Daemons follow the agent that sets the label.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: nfd}
            spec:
              template:
                spec:
                  containers: [{name: worker, image: "registry.k8s.io/nfd/node-feature-discovery:v0.18.3"}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {feature.node.kubernetes.io/pci-10de.present: "true"}
                  containers: [{name: a}]
            """,
            """
            # The NodePool itself gives the label.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {nvidia.com/mig.config: all-1g.10gb}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {nvidia.com/mig.config: all-1g.10gb}
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g5]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.k8s.aws/instance-family: g5, topology.kubernetes.io/zone: us-east-1a}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # Karpenter normalizes the former names.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: beta.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
                  - {key: eks.amazonaws.com/instance-gpu-count, operator: In, values: ["1"]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {↓nvidia.com/gpu.present: "true"}
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: ↓node.kubernetes.io/instance-family, operator: In, values: [g5]}
            """,
            """
            # The agent sets it once a node runs, and no node runs for these pods.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: nfd}
            spec:
              template:
                spec:
                  containers: [{name: worker, image: "registry.k8s.io/nfd/node-feature-discovery:v0.18.3"}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {↓nvidia.com/gpu.product: NVIDIA-L4}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: ↓karpenter.k8s.aws/gpu-count, operator: Exists}
                  - {key: ↓karpenter.k8s.aws/instance-gpu-model, operator: In, values: [l4]}
                  - {key: ↓eks.amazonaws.com/instance-famly, operator: In, values: [g6]}
            """,
        ]
    ) { tree, findings in
        func isSetByNodePool(_ key: String) -> Bool {
            tree.pools.contains { $0.labels[key] != nil || $0.requirements.contains { $0.key == key } }
        }
        for pool in tree.pools {
            for demand in pool.written {
                guard let key = demand["key"], let text = key.text else { continue }
                let right = misspelled[text]
                guard right != nil || isUnknownInstanceLabel(text) else { continue }
                findings.add(
                    "\(pool.object.words) requires `\(text)`, a label that no node has", at: key.place,
                    label: "not a label that Karpenter supports",
                    help: (right ?? instanceLabel(near: text)).map { "use `\($0)`" })
            }
        }
        let agents = tree.workloads.contains { workload in
            workload.pod.containers.contains { container in
                ["gpu-feature-discovery", "node-feature-discovery", "k8s-mig-manager"].contains {
                    container.value["image"]?.text?.contains($0) ?? false
                }
            }
        }
        for workload in tree.workloads where !tree.pools.isEmpty {
            for entry in workload.pod.spec["nodeSelector"]?.entries ?? [] {
                let isSetLater =
                    isSetOnNodes(entry.key) && !isSetByNodePool(entry.key) && !(workload.isDaemon && agents)
                let right =
                    misspelled[entry.key] ?? (isUnknownInstanceLabel(entry.key) ? instanceLabel(near: entry.key) : nil)
                guard isSetLater || right != nil || isUnknownInstanceLabel(entry.key) else { continue }
                findings.add(
                    "the pods of \(workload.object.words) select nodes by the label `\(entry.key)`, which no "
                        + "NodePool sets or requires",
                    at: entry.keyPlace,
                    label: isSetLater ? "set only by an agent on running nodes" : "no node has this label",
                    help: right.map { "use `\($0)`" }
                        ?? "select `karpenter.k8s.aws/instance-gpu-manufacturer: nvidia`, which Karpenter sets "
                        + "from the start"
                )
            }
        }
    }
}

/// Labels that are often written by mistake, and those that Karpenter supports.
private let misspelled = [
    "node.kubernetes.io/instance-family": "karpenter.k8s.aws/instance-family",
    "node.kubernetes.io/instance-category": "karpenter.k8s.aws/instance-category",
    "node.kubernetes.io/instance-size": "karpenter.k8s.aws/instance-size",
]

/// Tells whether a label is in the domain of the labels of instance types and is none of them.
private func isUnknownInstanceLabel(_ key: String) -> Bool {
    let parts = key.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, parts[0] == "karpenter.k8s.aws" || parts[0] == "eks.amazonaws.com" else { return false }
    // Others belong to node classes and node groups.
    return parts[1].hasPrefix("instance-") && !instanceLabels.contains(String(parts[1]))
        || parts[0] == "karpenter.k8s.aws" && parts[1].hasPrefix("gpu-")
}

/// The label of instance types that was most likely meant.
private func instanceLabel(near key: String) -> String? {
    let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let near =
        instanceLabels.contains("instance-\(parts[1])")
        ? "instance-\(parts[1])" : closest(to: parts[1], among: instanceLabels.sorted())
    return near.map { "\(parts[0])/\($0)" }
}
