extension Rule {
    static let failingPatch = Rule(
        "failing-patch", .gitops,
        why:
            "kustomize builds nothing at all where a patch is malformed, or where a step of a JSON patch has nothing to change",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service}
              patch: |
                - {op: replace, path: /spec/ports/0/port, value: 8080}
                - {op: add, path: /spec/ports/-, value: {name: metrics, port: 81}}
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service}
              patch: |
                - {op: replace, path: ↓/spec/ports/1/port, value: 8080}
            - target: {kind: Service}
              patch: ↓nothing
            """
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .failingPatch {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
