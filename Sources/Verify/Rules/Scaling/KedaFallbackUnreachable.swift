import Groundwork

extension Rule {
    static let kedaFallbackUnreachable = Rule(
        "keda-fallback-unreachable", .scaling, .warning,
        why:
            "KEDA counts an empty query result as 0, not as a failure, so the fallback is not used when the exporter is gone",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 3}
              triggers:
              - type: prometheus
                metadata:
                  query: up
                  ignoreNullValues: "false"
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 3}
              triggers:
              - type: kafka
                metadata: {bootstrapServers: "kafka:9092", consumerGroup: a, topic: jobs, lagThreshold: "5"}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: b}
            spec:
              scaleTargetRef: {name: b}
              fallback: {failureThreshold: 3, replicas: 3}
              triggers:
              - {type: prometheus, metadata: {query: up}}
              - {type: prometheus, metadata: {query: up, ignoreNullValues: "false"}}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              ↓fallback: {failureThreshold: 3, replicas: 3}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              ↓fallback: {failureThreshold: 3, replicas: 3, behavior: currentReplicasIfHigher}
              triggers:
              - type: prometheus
                metadata:
                  query: up
                  ignoreNullValues: "true"
              - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) {
            guard let spec = scaler.spec, spec["fallback"] != nil else { continue }
            let queries = spec.items(of: "triggers").filter { $0["type"]?.text == "prometheus" }
            guard !queries.isEmpty, queries.allSatisfy({ $0["metadata"]?["ignoreNullValues"]?.text != "false" }) else {
                continue
            }
            findings.add(
                "the fallback of \(scaler.words) is not used if its query returns no result",
                at: spec.keyPlace("fallback"),
                label: "an empty result counts as 0 and scales to the minimum",
                help: "set `ignoreNullValues: \"false\"` on the trigger")
        }
    }
}
