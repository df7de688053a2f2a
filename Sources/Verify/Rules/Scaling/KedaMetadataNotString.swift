import Groundwork

extension Rule {
    static let kedaMetadataNotString = Rule(
        "keda-metadata-not-string", .scaling,
        why:
            "the metadata values of a KEDA trigger are strings; the API server rejects an object with a number among them",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: AverageValue, metadata: {threshold: "70", query: up}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, labels: {app: a}}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              fallback: {failureThreshold: 3, replicas: 3}
              triggers:
              - type: cron
                useCachedMetrics: false
                metadata: {timezone: UTC, start: 0 8 * * 1-5, end: 0 18 * * 1-5, desiredReplicas: '2'}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              triggers:
              - type: prometheus
                metadata:
                  serverAddress: http://prometheus:9090
                  threshold: "70"
                  timeout: 10s
                  queryParameters: dedup=true
                  query: |
                    1
            """,
            """
            # An empty value is none.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metadata: {query: up, threshold: "1", unsafeSsl: null}}
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
              - {type: prometheus, metadata: {threshold: ↓70, ignoreNullValues: ↓false, query: up}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              triggers:
              - type: aws-sqs-queue
                metadata: {queueURL: jobs, queueLength: ↓5, scaleOnInFlight: ↓no, awsRegion: us-east-1}
              - type: prometheus
                metadata: {query: up, threshold: ↓0.5, customHeaders: ↓{X-Scope-OrgID: a}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) + tree.objects(.scaledJob) {
            for trigger in scaler.spec?["triggers"]?.items ?? [] {
                for entry in trigger["metadata"]?.entries ?? [] where entry.value.kind != .string && !entry.value.isNull
                {
                    findings.add(
                        "`\(entry.key)` of a trigger of \(scaler.words) is not a string", at: entry.value.place,
                        label: "must be a string", help: entry.value.text.map { "quote it: `\"\($0)\"`" },
                        fix: [entry.value.quoting])
                }
            }
        }
    }
}
