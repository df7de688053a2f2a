extension Rule {
    static let unknownField = Rule(
        "unknown-field", .structure,
        why: "an API server drops a field that it does not know, or refuses the object: what it was to do is not done",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 60
                  containers: [{name: a, image: a}]
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
                  ↓terminationGracePeriod: 60
                  containers: [{name: a, image: a}]
            """
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .unknown {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
