extension Rule {
    static let kustomizeFeatureNotApplied = Rule(
        "kustomize-feature-not-applied", .gitops, .warning,
        why:
            "what a kustomization fetches, renders or runs is not applied here, so the objects that it creates "
            + "or changes are checked without it",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            namePrefix: prod-
            labels: [{pairs: {team: ml}}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            # Nothing is in them.
            generators: []
            vars:
            # These only say which names follow others.
            configurations: [names.yaml]
            configMapGenerator: [{name: models, literals: [a=b]}]
            --- # names.yaml
            nameReference:
            - kind: ConfigMap
              fieldSpecs: [{kind: InferenceService, path: spec/config/name}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: ConfigMap}
              patch: |
                - {op: add, path: /metadata/labels, value: {app: a}}
            replacements:
            - source: {kind: ConfigMap, name: a}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [metadata.labels.app]}]
            commonAnnotations: {team: ml}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            ↓helmCharts: [{name: keda, repo: "https://kedacore.github.io/charts"}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            ↓resources: [example.yaml, "https://github.com/example/models//base?ref=v1.2.0"]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            ↓vars: [{name: NAME, objref: {apiVersion: v1, kind: ConfigMap, name: a}}]
            transformers: [labels.yaml]
            --- # labels.yaml
            apiVersion: builtin
            kind: LabelTransformer
            metadata: {name: labels}
            labels: {team: ml}
            fieldSpecs: [{path: metadata/labels, create: true}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            ↓configurations: [labels.yaml]
            --- # labels.yaml
            commonLabels: [{path: spec/podLabels, create: true, kind: InferenceService}]
            """,
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .unapplied {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
