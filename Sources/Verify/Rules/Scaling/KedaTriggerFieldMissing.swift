import Groundwork

extension Rule {
    static let kedaTriggerFieldMissing = Rule(
        "keda-trigger-field-missing", .scaling,
        why:
            "KEDA cannot create a Prometheus trigger without an address, a query or a threshold: the ScaledObject is not ready, and nothing scales",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata: {serverAddress: "http://prometheus:9090", query: sum(a), threshold: "1"}
            """,
            """
            # Triggers of other types have other fields.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: cron, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "2"}}
              - {type: metrics-api, metadata: {url: "http://a", valueLocation: load, targetValue: "4"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              jobTargetRef: {template: {spec: {containers: []}}}
              triggers:
              - type: prometheus
                authenticationRef: {name: a}
                metadata:
                  serverAddress: https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-1
                  query: sum(a)
                  threshold: "1"
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
              - type: prometheus
                ↓metadata: {query: sum(a), threshold: "1"}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                ↓metadata: {serverAddress: "http://prometheus:9090", query: sum(a), value: "1"}
              - ↓type: prometheus
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              jobTargetRef: {template: {spec: {containers: []}}}
              triggers:
              - type: prometheus
                ↓metadata: {serverAddress: "http://prometheus:9090", threshold: "1"}
            """,
        ]
    ) { tree, findings in
        for (scaler, trigger) in tree.triggers where trigger["type"]?.text == "prometheus" {
            let metadata = trigger["metadata"]
            let missing = ["serverAddress", "query", "threshold"].filter { metadata?[$0]?.isNull ?? true }
            if missing.isEmpty { continue }
            findings.add(
                "a Prometheus trigger of \(scaler.words) has no \(missing.map { "`\($0)`" }.joined(separator: " and no "))",
                at: trigger.keyPlace(metadata == nil ? "type" : "metadata"),
                label: "rejected by KEDA")
        }
    }
}
