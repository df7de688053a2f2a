extension Rule {
    static let kustomizePatchTargetNotFound = Rule(
        "kustomize-patch-target-not-found", .gitops,
        why: "`kustomize build` fails if a patch names an object that the kustomization does not include",
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
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            # The hash of its name comes last.
            configMapGenerator: [{name: models, literals: [a=b]}]
            patches:
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: models}
                data: {c: d}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # base/kustomization.yaml
            namePrefix: prod-
            resources: [../example.yaml]
            configMapGenerator: [{name: models, literals: [a=b]}]
            --- # kustomization.yaml
            resources: [base]
            configMapGenerator: [{name: prod-models, behavior: merge, literals: [c=d]}]
            patches:
            - patch: |
                apiVersion: v1
                kind: Service
                metadata: {name: a}
                spec: {type: NodePort}
            - patch: |
                apiVersion: v1
                kind: Service
                metadata: {name: prod-a}
                spec: {sessionAffinity: None}
            """,
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
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: chat}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: v1
                kind: Service
                metadata: {name: ↓a}
                spec: {type: NodePort}
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: ↓a, namespace: chat}
                $patch: delete
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            configMapGenerator: [{name: models, behavior: ↓merge, literals: [a=b]}]
            """,
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .kustomizePatchTargetNotFound {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
