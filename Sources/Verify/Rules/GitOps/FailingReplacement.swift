extension Rule {
    static let failingReplacement = Rule(
        "failing-replacement", .gitops,
        why: "kustomize builds nothing at all where a replacement finds no value to take, or no field to put it into",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: server, image: "server:1"}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: releases}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: releases, fieldPath: data.server}
              targets:
              - select: {kind: Deployment}
                fieldPaths: ["spec.template.spec.containers.[name=server].image"]
                options: {delimiter: ":", index: 1}
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: ↓b}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [data.server]}]
            - source: {kind: ConfigMap, name: a, fieldPath: ↓data.client}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [data.server]}]
            - source: {kind: ConfigMap, name: a, fieldPath: data.server}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [↓data.client]}]
            - ↓source: {kind: ConfigMap, name: a}
            """
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes
        where mistake.kind == .failingReplacement || mistake.kind == .sourcelessReplacement {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
