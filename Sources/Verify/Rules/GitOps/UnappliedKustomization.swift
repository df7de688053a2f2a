extension Rule {
    static let unappliedKustomization = Rule(
        "unapplied-kustomization", .gitops, .warning,
        why:
            "what a kustomization fetches, renders or runs is not done here: the objects that it makes or changes are judged without it",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            namePrefix: prod-
            labels: [{pairs: {team: ml}}]
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # kustomization.yaml
            resources: [example.yaml]
            ↓helmCharts: [{name: keda, repo: "https://kedacore.github.io/charts"}]
            """
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .unapplied {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
