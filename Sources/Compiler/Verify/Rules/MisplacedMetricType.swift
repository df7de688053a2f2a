extension Rule {
    static let misplacedMetricType = Rule(
        "misplaced-metric-type", .scaling,
        why:
            "KEDA reads `metricType` beside `metadata`; inside, it is passed over, and the target is an average",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {threshold: "70", query: up}}
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
              - {type: prometheus, metadata: {↓metricType: Value, threshold: "70", query: up}}
            """
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) + tree.objects(.scaledJob) {
            for trigger in scaler.spec?["triggers"]?.items ?? [] {
                guard let metadata = trigger["metadata"], metadata["metricType"] != nil else { continue }
                findings.add(
                    "a trigger of \(scaler.words) says its `metricType` inside `metadata`",
                    at: metadata.keyPlace("metricType"),
                    label: "read by nobody", help: "write it beside `metadata`")
            }
        }
    }
}
