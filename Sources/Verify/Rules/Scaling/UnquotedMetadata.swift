import Groundwork

extension Rule {
    static let unquotedMetadata = Rule(
        "unquoted-metadata", .scaling,
        why:
            "the metadata of a KEDA trigger are texts; the API server refuses an object with a number among them",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: AverageValue, metadata: {threshold: "70", query: up}}
            """
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metadata: {threshold: ↓70, ignoreNullValues: ↓false, query: up}}
            """
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) + tree.objects(.scaledJob) {
            for trigger in scaler.spec?["triggers"]?.items ?? [] {
                for entry in trigger["metadata"]?.entries ?? [] where entry.value.kind != .string {
                    findings.add(
                        "`\(entry.key)` of a trigger of \(scaler.words) is not a text", at: entry.value.place,
                        label: "not a text", help: entry.value.text.map { "quote it: `\"\($0)\"`" },
                        fix: [entry.value.quoting])
                }
            }
        }
    }
}
