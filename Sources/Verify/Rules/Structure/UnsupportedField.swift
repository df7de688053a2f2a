extension Rule {
    static let unsupportedField = Rule(
        "unsupported-field", .structure,
        why: "an API server drops a field whose feature its version does not have, silently",
        accepts: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              maxReplicas: 4
              scaleTargetRef: {kind: Deployment, name: a}
              behavior: {scaleUp: {tolerance: "0"}}
            """
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - name: gpu
                  exactly: {deviceClassName: a, ↓derivedAttributes: []}
            """
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .tooNew {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
