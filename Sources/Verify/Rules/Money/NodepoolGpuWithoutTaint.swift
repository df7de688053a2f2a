import Groundwork

extension Rule {
    static let nodepoolGpuWithoutTaint = Rule(
        "nodepool-gpu-without-taint", .money, .warning,
        why:
            "without a taint, any pod can be scheduled on a GPU node, so that it has no room for models and is "
            + "never empty",
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
                "the nodes of \(pool.object.words) have GPUs but no taint", at: pool.object.place,
                label: "any pod can be scheduled here",
                help:
                    "add a taint with the key `nvidia.com/gpu`, which pods that request GPUs tolerate "
                    + "automatically on EKS"
            )
        }
    }
}
