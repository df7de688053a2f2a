extension Rule {
    static let patchWithoutTarget = Rule(
        "patch-without-target", .gitops,
        why: "kustomize builds nothing at all where a patch names an object that it does not have",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            namespace: ai
            namePrefix: prod-
            resources: [example.yaml]
            patches:
            - path: patch.yaml
            --- # patch.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {type: NodePort}
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
            - path: patch.yaml
            - patch: |
                apiVersion: v1
                kind: Service
                metadata: {name: ↓c}
                spec: {type: NodePort}
            --- # patch.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: ↓b}
            spec: {type: NodePort}
            """
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .patchWithoutTarget {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
