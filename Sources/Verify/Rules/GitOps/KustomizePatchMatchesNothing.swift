extension Rule {
    static let kustomizePatchMatchesNothing = Rule(
        "kustomize-patch-matches-nothing", .gitops, .warning,
        why:
            "kustomize silently ignores a patch whose target matches no object, so the objects that it was "
            + "meant for stay unchanged",
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
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # base/kustomization.yaml
            resources: [../example.yaml]
            namePrefix: prod-
            --- # kustomization.yaml
            resources: [base]
            # The name that it had, and the one that it has.
            patches:
            - target: {kind: Service, name: a}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
            - target: {version: v1, name: prod-a}
              patch: |
                - {op: add, path: /spec/sessionAffinity, value: None}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: model-server, labels: {app: chat}}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            # Without a name the patch is for what there is of a kind.
            - target: {group: apps, kind: Deployment}
              patch: |
                - {op: add, path: /spec/revisionHistoryLimit, value: 2}
            - target: {labelSelector: "app in (chat, code),!canary"}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
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
            - target: {kind: Service, name: ↓b}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: model-server, labels: {app: chat}}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            # A pattern is of the whole name.
            - target: {kind: Service, name: ↓server}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
            - target: {group: apps, kind: Service, name: ↓model-server}
              patch: |
                - {op: add, path: /spec/type, value: NodePort}
            - target: {kind: Service, name: ↓model-server, namespace: chat}
              path: patch.yaml
            --- # patch.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: model-server}
            spec: {type: NodePort}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .kustomizePatchMatchesNothing {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
