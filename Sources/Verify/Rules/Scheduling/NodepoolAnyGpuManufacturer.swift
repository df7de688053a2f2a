import Groundwork

extension Rule {
    static let nodepoolAnyGpuManufacturer = Rule(
        "nodepool-any-gpu-manufacturer", .scheduling, .warning,
        why: "`instance-gpu-count` is also set on AMD instance types, where NVIDIA images do not start",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["0"]}
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
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
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: In, values: ["4", "8"]}
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g5, g6]}
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
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["0"]}
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l4, a10g]}
            """,
            """
            # No GPU is of no maker.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: DoesNotExist}
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m]}
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
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gte, values: ["1"]}
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g6.2xlarge]}
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
                  - {key: ↓karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["0"]}
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
                  - {key: ↓karpenter.k8s.aws/instance-gpu-count, operator: In, values: ["1", "4", "8"]}
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [g, p]}
            """,
            """
            # What is left has AMD types still.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: NotIn, values: [p3, p4d]}
                  - {key: ↓karpenter.k8s.aws/instance-gpu-count, operator: Gte, values: ["1"]}
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
                  - {key: ↓karpenter.k8s.aws/instance-gpu-count, operator: Exists}
                  - {key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["3"]}
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
            """,
        ]
    ) { tree, findings in
        let tellers =
            ["instance-gpu-manufacturer", "instance-gpu-name", "instance-family"].map { "karpenter.k8s.aws/\($0)" }
            + ["node.kubernetes.io/instance-type"]
        for pool in tree.pools {
            guard let demand = pool.written("karpenter.k8s.aws/instance-gpu-count"), let key = demand["key"],
                demand["operator"]?.text != "DoesNotExist",
                !pool.requirements.contains(where: { tellers.contains($0.key) && $0.relation != .notAmong })
            else { continue }
            findings.add(
                "\(pool.object.words) allows GPUs of any manufacturer", at: key.place,
                label: "AMD instance types also have this label",
                help: "require `karpenter.k8s.aws/instance-gpu-manufacturer In [nvidia]`")
        }
    }
}
