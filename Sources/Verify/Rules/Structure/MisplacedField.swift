extension Rule {
    static let misplacedField = Rule(
        "misplaced-field", .structure,
        why: "a field in the wrong place is dropped or refused, and the default holds where it belongs",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 600}}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {↓behavior: {scaleDown: {stabilizationWindowSeconds: 600}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .misplaced {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
