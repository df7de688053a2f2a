extension Rule {
    static let nodeoverlayMatchesNoNodepool = Rule(
        "nodeoverlay-matches-no-nodepool", .scheduling, inPartialTree: .warnOnEvidence,
        why: "a NodeOverlay that matches the nodes of no NodePool has no effect",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: In, values: [a]}
              - {key: node.kubernetes.io/instance-type, operator: In, values: [g6f.large]}
            """,
            """
            # One family that both name is enough.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g5, g6]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6, g6e]}
              capacity: {nvidia.com/gpu.shared: 4}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {sharing: mps}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: sharing, operator: In, values: [mps]}
              capacity: {nvidia.com/gpu.shared: 4}
            """,
            """
            # All but one.
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
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: NotIn, values: [a]}
              capacity: {nvidia.com/gpu.shared: 4}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: ↓b}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: In, values: [b]}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g5.2xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: ↓a}
            spec:
              requirements:
              - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g6.2xlarge]}
              capacity: {nvidia.com/gpu.shared: 4}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {sharing: time-slicing}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: ↓mps}
            spec:
              requirements:
              - {key: sharing, operator: In, values: [mps]}
              capacity: {nvidia.com/gpu.shared: 4}
            """,
            """
            # The only NodePool takes any family but this.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: NotIn, values: [g4dn]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: ↓a}
            spec:
              requirements:
              - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g4dn]}
              capacity: {hugepages-2Mi: 4Gi}
            """,
        ]
    ) { tree, findings in
        guard !tree.pools.isEmpty else { return }
        let used = Set(tree.poolOverlays.joined())
        for (number, overlay) in tree.overlays.enumerated() where !used.contains(number) {
            findings.add(
                "\(overlay.object.words) matches the nodes of no NodePool", at: overlay.object.place,
                label: "no NodePool meets its requirements")
        }
    }
}
