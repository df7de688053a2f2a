extension Rule {
    static let mistypedField = Rule(
        "mistyped-field", .structure,
        why: "an API server refuses a text where a number has to be, and the other way round",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: a, env: [{name: A, value: "1"}]}]
            """
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: a, env: [{name: A, value: ↓1}]}]
            """
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .type {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help, fix: mistake.fix)
        }
    }
}
