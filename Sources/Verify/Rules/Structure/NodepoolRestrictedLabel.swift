import Groundwork

extension Rule {
    static let nodepoolRestrictedLabel = Rule(
        "nodepool-restricted-label", .structure,
        why:
            "these labels are reserved for Karpenter or the kubelet; the API server rejects a NodePool that "
            + "sets or requires one",
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
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a, labels: {karpenter.sh/nodepool: a}}
            spec:
              template:
                metadata: {labels: {node.kubernetes.io/role: gpu, karpenter.example.com/team: a}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
                  - {key: topology.kubernetes.io/zone, operator: In, values: [us-east-1a]}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.sh/nodepool: a}
                  topologySpreadConstraints:
                  - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec: {requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {↓kubernetes.io/hostname: a}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
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
                  - {key: ↓karpenter.sh/nodepool, operator: In, values: [a]}
            """,
        ]
    ) { tree, findings in
        func isRestricted(_ key: String) -> Bool {
            if key == "kubernetes.io/hostname" || key == "karpenter.k8s.aws/instance-pods" { return true }
            let domain = key.prefix { $0 != "/" }
            return (domain == "karpenter.sh" || domain.hasSuffix(".karpenter.sh"))
                && key != "karpenter.sh/capacity-type"
        }
        for pool in tree.pools {
            let labels = pool.object.spec?["template"]?["metadata"]?["labels"]?.entries ?? []
            let keys = pool.written.compactMap { $0["key"] }.map { ($0.text ?? "", $0.place) }
            for (key, place) in labels.map({ ($0.key, $0.keyPlace) }) + keys where isRestricted(key) {
                findings.add(
                    "\(pool.object.words) sets or requires the restricted label `\(key)`", at: place,
                    label: "rejected by the API server")
            }
        }
    }
}
