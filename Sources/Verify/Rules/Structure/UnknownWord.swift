extension Rule {
    static let unknownWord = Rule(
        "unknown-word", .structure,
        why: "an API server refuses a word that is none of those that a field may be",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, consolidationPolicy: WhenEmptyOrUnderutilized}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, consolidationPolicy: ↓WhenUnderutilized}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .word {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help, fix: mistake.fix)
        }
    }
}
