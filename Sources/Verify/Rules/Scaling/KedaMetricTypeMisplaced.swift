import Diagnostics
import Groundwork
import YAML

extension Rule {
    static let kedaMetricTypeMisplaced = Rule(
        "keda-metric-type-misplaced", .scaling,
        why:
            "KEDA reads `metricType` beside `metadata`; inside `metadata` it is ignored, and the default, `AverageValue`, applies",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {threshold: "70", query: up}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
              - {type: prometheus, metadata: {threshold: "70", query: up}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {scalingModifiers: {formula: load, target: "70", metricType: Value}}
              triggers: [{type: prometheus, name: load, metadata: {threshold: "70", query: up}}]
            """,
            """
            # The metadata of an external scaler is its own.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: external-push, metadata: {scalerAddress: "a:1", metricType: Value}}
            """,
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
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              jobTargetRef: {template: {spec: {}}}
              triggers:
              - type: rabbitmq
                metadata: {queueName: jobs, mode: QueueLength, value: "5", ↓metricType: AverageValue}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: cpu, metricType: Utilization, metadata: {↓metricType: Utilization, value: "70"}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) + tree.objects(.scaledJob) {
            for trigger in scaler.spec?["triggers"]?.items ?? [] {
                guard let metadata = trigger["metadata"], let type = metadata["metricType"], !trigger.isExternal else {
                    continue
                }
                // With `Value` in its right place, a total would scale worse than it does now.
                let isTotal = tree.queries.contains { use in
                    use.object === scaler && use.value.place.start == metadata["query"]?.place.start
                        && use.result?.nature == .total
                }
                let isSafe = type.text == "AverageValue" || type.text == "Value" && !isTotal
                findings.add(
                    "a trigger of \(scaler.words) has its `metricType` inside `metadata`",
                    at: metadata.keyPlace("metricType"),
                    label: "ignored by KEDA", help: "move it beside `metadata`",
                    fix: isSafe ? trigger.movingMetricType : [])
            }
        }
    }
}

extension ManifestValue {
    /// The edits that move `metricType` out of a trigger's metadata.
    fileprivate var movingMetricType: [TextEdit?] {
        guard self["metricType"] == nil, let entry = entries?.first(where: { $0.key == "metadata" }),
            isWrittenHere(entry), let type = entry.value["metricType"]?.text
        else { return [] }
        let (metadata, key) = (entry.value, entry.keyPlace)
        let column = key.start - key.file.lineStarts[key.line - 1]
        let line = "metricType: \(type)\n" + String(repeating: " ", count: column)
        return [
            metadata.removing("metricType"),
            TextEdit(SourceRange(key.file, key.start, key.start), line),
        ]
    }
}
