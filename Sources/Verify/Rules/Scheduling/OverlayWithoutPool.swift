extension Rule {
    static let overlayWithoutPool = Rule(
        "overlay-without-pool", .scheduling, elsewhere: .onEvidence,
        why: "a NodeOverlay that fits the nodes of no NodePool changes nothing",
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
            """
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
            """
        ]
    ) { tree, findings in
        guard !tree.pools.isEmpty else { return }
        let used = Set(tree.poolOverlays.joined())
        for (number, overlay) in tree.overlays.enumerated() where !used.contains(number) {
            findings.add(
                "\(overlay.object.words) fits the nodes of no NodePool", at: overlay.object.place,
                label: "no NodePool meets its requirements")
        }
    }
}
