import Groundwork

extension Rule {
    static let kedaAddressWithoutScheme = Rule(
        "keda-address-without-scheme", .scaling,
        why:
            "KEDA uses the address as it is written: without `http://` or `https://`, every query fails and nothing scales",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers: [{type: prometheus, metadata: {serverAddress: "http://prometheus.monitoring:9090", query: up, threshold: "1"}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata: {serverAddress: "https://aps-workspaces.us-east-1.amazonaws.com", query: up, threshold: "1"}
              - {type: prometheus, metadata: {serverAddress: "${PROMETHEUS}", query: up, threshold: "1"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: redis
                metadata: {address: "redis.queue:6379", listName: jobs, listLength: "5"}
              - type: kafka
                metadata: {bootstrapServers: "kafka.queue:9092", consumerGroup: a, topic: jobs, lagThreshold: "5"}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers: [{type: prometheus, metadata: {serverAddress: ↓"prometheus.monitoring:9090", query: up, threshold: "1"}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metadata: {serverAddress: ↓prometheus-server, query: up, threshold: "1"}}
              - {type: prometheus, metadata: {serverAddress: ↓//prometheus.monitoring:9090, query: up, threshold: "1"}}
            """,
        ]
    ) { tree, findings in
        for (scaler, trigger) in tree.triggers where trigger["type"]?.text == "prometheus" {
            guard let address = trigger["metadata"]?["serverAddress"], let text = address.text,
                !text.hasPrefix("http://"), !text.hasPrefix("https://"), !text.hasPrefix("$"), !text.hasPrefix("{{")
            else { continue }
            findings.add(
                "a trigger of \(scaler.words) queries `\(text)`, which is not a URL", at: address.place,
                label: "has no scheme", help: "write `http://\(text)`")
        }
    }
}
