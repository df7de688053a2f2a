import Groundwork

extension Rule {
    static let kedaTriggerRejected = Rule(
        "keda-trigger-rejected", .scaling,
        why:
            "KEDA rejects a ScaledObject with two triggers of the same name, with `useCachedMetrics` on a trigger type that cannot use it, or with a metric type that the trigger type does not support",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                name: load
                useCachedMetrics: true
                metadata:
                  query: up
              - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, name: load, metadata: {query: up}}
              - {type: prometheus, name: latency, metricType: Value, metadata: {query: up}}
              - {type: prometheus, metricType: AverageValue, metadata: {query: up}}
              - {type: prometheus, metadata: {query: up}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: memory, metricType: AverageValue, useCachedMetrics: false, metadata: {value: 80Gi}}
              - {type: cpu, metricType: Utilization, metadata: {value: "70", containerName: a}}
              - {type: cron, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "2"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: external, metadata: {scalerAddress: "a:1", metricType: Distribution}}
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
              - {type: prometheus, name: load, metadata: {query: up}}
              - {type: prometheus, name: ↓load, metadata: {query: up}}
              - {type: prometheus, metricType: ↓Utilization, metadata: {query: up}}
              - {type: prometheus, metadata: {metricType: ↓Utilization, query: up}}
              - {type: memory, metricType: ↓Value, metadata: {value: 80Gi}}
              - {↓type: cpu, metadata: {value: "70"}}
              - {type: cron, ↓useCachedMetrics: true, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "2"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {↓type: cpu, metadata: {type: Utilization, value: "70"}}
              - {type: kafka, metricType: ↓averageValue, metadata: {topic: jobs, lagThreshold: "5"}}
              - {type: memory, ↓useCachedMetrics: true, metricType: Utilization, metadata: {value: "70"}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) {
            var names: Set<String> = []
            for trigger in scaler.spec?["triggers"]?.items ?? [] {
                if let name = trigger["name"], let text = name.text, !names.insert(text).inserted {
                    findings.add(
                        "two triggers of \(scaler.words) are named `\(text)`", at: name.place, label: "duplicate name")
                }
                let type = trigger["type"]?.text ?? ""
                let isOfPods = type == "cpu" || type == "memory"
                let types = isOfPods ? ["AverageValue", "Utilization"] : ["AverageValue", "Value"]
                if let written = trigger.isExternal ? trigger["metricType"] : trigger.writtenMetricType,
                    let text = written.text, !types.contains(text)
                {
                    findings.add(
                        "a trigger of type `\(type)` of \(scaler.words) has the metric type `\(text)`",
                        at: written.place, label: "must be `\(types[0])` or `\(types[1])`",
                        help: text == "Utilization"
                            ? "`Utilization` is only for triggers of type `cpu` and `memory`" : nil)
                } else if isOfPods, trigger.writtenMetricType == nil {
                    findings.add(
                        "a trigger of type `\(type)` of \(scaler.words) has no `metricType`",
                        at: trigger.keyPlace("type"), label: "requires `AverageValue` or `Utilization`",
                        help: trigger["metadata"]?["type"] == nil
                            ? nil
                            : "`type` inside `metadata` is ignored since KEDA \(Component.keda.lost(.triggerMetadataType)?.text ?? "")"
                    )
                }
                if trigger["useCachedMetrics"]?.boolean == true, ["cron", "cpu", "memory"].contains(type) {
                    findings.add(
                        "a trigger of type `\(type)` of \(scaler.words) has `useCachedMetrics`",
                        at: trigger.keyPlace("useCachedMetrics"), label: "rejected for this trigger type")
                }
            }
        }
    }
}
