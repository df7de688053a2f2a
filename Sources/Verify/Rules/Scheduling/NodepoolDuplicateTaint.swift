extension Rule {
    static let nodepoolDuplicateTaint = Rule(
        "nodepool-duplicate-taint", .scheduling,
        why:
            "Karpenter ignores a NodePool that has two taints with the same key and effect, startup taints included",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoExecute}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, value: present, effect: NoSchedule}]
                  startupTaints: [{key: nvidia.com/gpu, value: present, effect: NoExecute}]
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
                  taints: [{key: team, value: a, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  taints: [{key: team, value: b, effect: NoSchedule}]
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
                  taints: [{key: nvidia.com/gpu, effect: NoSchedule}]
                  startupTaints:
                  - {key: ebs.csi.aws.com/agent-not-ready, effect: NoExecute}
                  - {key: efs.csi.aws.com/agent-not-ready, effect: NoExecute}
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
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
                  taints: [{key: a, effect: NoSchedule}]
                  startupTaints: [{key: ↓a, value: b, effect: NoSchedule}]
            """,
            """
            # Two values of one key are still two of one key.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints:
                  - {key: team, value: a, effect: NoSchedule}
                  - {key: nvidia.com/gpu, effect: NoSchedule}
                  - {key: ↓team, value: b, effect: NoSchedule}
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
                  startupTaints:
                  - {key: node.cilium.io/agent-not-ready, value: "true", effect: NoExecute}
                  - {key: ↓node.cilium.io/agent-not-ready, value: "true", effect: NoExecute}
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            let taints = pool.taints + pool.startupTaints
            for (number, taint) in taints.enumerated() {
                guard let first = taints[..<number].first(where: { $0.key == taint.key && $0.effect == taint.effect })
                else { continue }
                findings.add(
                    "\(pool.object.words) has two taints with the key `\(taint.key)` and the effect `\(taint.effect)`",
                    at: taint.place,
                    label: "second taint with this key and effect", notes: [.init("the first is here", at: first.place)]
                )
            }
        }
    }
}
