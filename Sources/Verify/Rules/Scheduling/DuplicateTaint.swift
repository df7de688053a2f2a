extension Rule {
    static let duplicateTaint = Rule(
        "duplicate-taint", .scheduling,
        why: "Karpenter passes over a NodePool that has two taints of one key and effect, startup taints included",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoExecute}]
            """
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
            """
        ]
    ) { tree, findings in
        for pool in tree.pools {
            let taints = pool.taints + pool.startupTaints
            for (number, taint) in taints.enumerated() {
                guard let first = taints[..<number].first(where: { $0.key == taint.key && $0.effect == taint.effect })
                else { continue }
                findings.add(
                    "\(pool.object.words) has two taints `\(taint.key)` with the effect `\(taint.effect)`",
                    at: taint.place,
                    label: "the second of this key and effect", notes: [.init("the first is here", at: first.place)])
            }
        }
    }
}
