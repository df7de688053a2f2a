extension Rule {
    static let missingField = Rule(
        "missing-field", .structure,
        why: "an API server refuses an object that lacks a required field",
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
                  - {key: kubernetes.io/arch, operator: In, values: [amd64]}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              ↓weight: 10
            """
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .missing {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
