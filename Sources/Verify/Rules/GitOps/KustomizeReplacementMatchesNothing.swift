extension Rule {
    static let kustomizeReplacementMatchesNothing = Rule(
        "kustomize-replacement-matches-nothing", .gitops, .warning,
        why:
            "kustomize silently ignores a replacement whose target matches no object, so the fields that it was "
            + "meant for stay unchanged",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {server: "1"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: a}
              targets: [{select: {kind: ConfigMap, name: a}, fieldPaths: [data.server]}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {app: chat}}
            data: {server: "1"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: a, fieldPath: data.server}
              targets: [{select: {kind: ConfigMap}, reject: [{name: a}], fieldPaths: [data.server]}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {app: chat}}
            data: {server: "1"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            namePrefix: prod-
            replacements:
            - source: {kind: ConfigMap, name: a, fieldPath: data.server}
              targets:
              - {select: {kind: ConfigMap, name: b}, fieldPaths: [data.server]}
              - {select: {kind: ConfigMap, name: prod-b}, fieldPaths: [data.server]}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {server: "1"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: a}
              targets: [{select: {kind: ConfigMap, name: ↓b}, fieldPaths: [data.server]}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, labels: {app: chat}}
            data: {server: "1"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: a, fieldPath: data.server}
              targets:
              - {select: {kind: ↓ConfigMap}, reject: [{name: a}, {name: b}], fieldPaths: [data.server]}
              - {select: {kind: ↓Deployment, group: apps}, fieldPaths: [metadata.annotations.server]}
              - {select: {kind: ↓ConfigMap, labelSelector: "app=code"}, fieldPaths: [data.server]}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .kustomizeReplacementMatchesNothing {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
