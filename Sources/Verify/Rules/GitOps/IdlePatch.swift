extension Rule {
    static let idlePatch = Rule(
        "idle-patch", .gitops, .warning,
        why:
            "kustomize leaves out, without a word, a patch whose target chooses nothing: what it was to mend stays as it was",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service, name: a.*}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
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
            - target: {kind: Service, name: ↓b}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
            """
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .idlePatch {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
