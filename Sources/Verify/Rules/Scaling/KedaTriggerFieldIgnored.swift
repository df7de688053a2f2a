import Diagnostics
import Groundwork

extension Rule {
    static let kedaTriggerFieldIgnored = Rule(
        "keda-trigger-field-ignored", .scaling, .warning,
        why: "KEDA silently ignores unknown keys in the metadata of a trigger",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  serverAddress: http://prometheus:9090
                  query: up
                  threshold: "5"
                  activationThreshold: "1"
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
                  serverAddress: https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-1
                  query: up
                  threshold: "5"
                  awsRegion: us-east-1
                  identityOwner: operator
                  ignoreNullValues: "false"
                  queryParameters: timeout=10s
                  timeout: "3000"
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: aws-cloudwatch
                metadata: {namespace: AWS/SQS, metricName: ApproximateNumberOfMessagesVisible, targetMetricValue: "5"}
              - type: kafka
                metadata: {bootstrapServers: "kafka:9092", consumerGroup: a, topic: jobs, lagThreshold: "5"}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                name: gpu_utilization
                metricType: AverageValue
                useCachedMetrics: true
                metadata: {serverAddress: "http://prometheus:9090", query: up, threshold: "5", authModes: basic}
            """,
            """
            # Any parameter of the authentication may come from the environment of the target.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metadata: {query: up, threshold: "1", credentialsFromEnv: A, passwordFromEnv: B}}
              - {type: external, metadata: {scalerAddress: "a:1", anything: goes}}
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
                metadata:
                  serverAddress: http://prometheus:9090
                  ↓metricName: gpu_utilization
                  query: up
                  threshold: "5"
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
                  serverAddress: http://prometheus:9090
                  query: up
                  threshold: "5"
                  ↓activationTreshold: "1"
                  ↓useCachedMetrics: "true"
                  ↓step: 30s
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              jobTargetRef: {template: {spec: {containers: [{name: a}]}}}
              triggers: [{type: prometheus, metadata: {query: up, ↓metricName: a, ↓tresholds: "1"}}]
            """,
        ]
    ) { tree, findings in
        let known: Set = [
            "serverAddress", "query", "threshold", "activationThreshold", "namespace", "customHeaders",
            "queryParameters",
            "ignoreNullValues", "unsafeSsl", "awsRegion", "identityOwner", "timeout", "authModes", "metricType",
            "cortexOrgID",
            "bearerToken", "username", "password", "ca", "cert", "key", "apiKey", "customAuthHeader", "customAuthValue",
            "oauthTokenURI", "clientID", "clientSecret", "scopes", "endpointParams", "tokenURL", "scope",
        ]
        for (scaler, trigger) in tree.triggers where trigger["type"]?.text == "prometheus" {
            for entry in trigger["metadata"]?.entries ?? []
            where !known.contains(entry.key) && !isOfEnvironment(entry.key) {
                let isName = entry.key == "metricName"
                findings.add(
                    "KEDA ignores `\(entry.key)` in a Prometheus trigger of \(scaler.words)", at: entry.keyPlace,
                    label: isName
                        ? "ignored since KEDA \(Component.keda.lost(.triggerMetricName)?.text ?? "")" : "unknown key",
                    help: isName
                        ? "remove it; the metric is named `s<index of the trigger>-prometheus`"
                        : closest(to: entry.key, among: known.sorted()).map { "did you mean `\($0)`?" },
                    fix: isName ? [trigger["metadata"]?.removing(entry.key)] : [])
            }
        }
    }
}

/// Tells whether a key names an environment variable of the target, which may hold any parameter of the authentication.
private func isOfEnvironment(_ key: String) -> Bool { key.hasSuffix("FromEnv") || key.hasSuffix("FromEnvFile") }
