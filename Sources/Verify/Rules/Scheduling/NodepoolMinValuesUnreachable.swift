import Groundwork

extension Rule {
    static let nodepoolMinValuesUnreachable = Rule(
        "nodepool-min-values-unreachable", .scheduling,
        why: "Karpenter starts no node unless at least `minValues` values of the requirement are available",
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g6.xlarge], minValues: 2}
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
                  - {key: karpenter.k8s.aws/instance-family, operator: Exists, minValues: 5}
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
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [g, p], minValues: 2}
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["0"], minValues: 3}
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
                  - {key: node.kubernetes.io/instance-type, operator: NotIn, values: [g5.xlarge], minValues: 15}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g6.xlarge], minValues: ↓3}
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
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g5, g6, g6e], minValues: ↓5}
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
            """,
            """
            # A zone that is pinned leaves no second.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: topology.kubernetes.io/zone, operator: In, values: [us-east-1a], minValues: ↓2}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            for demand in pool.written where demand["operator"]?.text == "In" {
                guard let least = demand["minValues"], let count = least.integer, let values = demand["values"]?.items,
                    count > values.count
                else { continue }
                findings.add(
                    "\(pool.object.words) requires \(count) values of `\(demand["key"]?.text ?? "")`, but lists "
                        + "only \(values.count)",
                    at: least.place,
                    label: "can never be met")
            }
        }
    }
}
