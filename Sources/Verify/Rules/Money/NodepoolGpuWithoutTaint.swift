import Groundwork

extension Rule {
    static let nodepoolGpuWithoutTaint = Rule(
        "nodepool-gpu-without-taint", .money, .warning,
        why: "without a taint any pod may hold a GPU node: it is neither free for models nor ever empty",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
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
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: pool, value: gpus, effect: NoExecute}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: ↓a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # Kubernetes puts pods there where it finds no other place.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: ↓a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, effect: PreferNoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # Taken off once the node is ready.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: ↓a}
            spec:
              template:
                spec:
                  startupTaints: [{key: nvidia.com/gpu, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e, p5]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.hasGPUs == true {
            guard pool.object.spec?["template"] != nil, !pool.taints.contains(where: \.repels) else { continue }
            findings.add(
                "the nodes of \(pool.object.words) have GPUs and no taint", at: pool.object.place,
                label: "open to every pod",
                help: "taint them with `nvidia.com/gpu`, which EKS lets pods tolerate that ask for GPUs")
        }
    }
}
