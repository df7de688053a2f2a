import Groundwork

extension Rule {
    static let addressWithoutScheme = Rule(
        "address-without-scheme", .scaling,
        why:
            "KEDA takes the address as it is: without `http://` or `https://` no query succeeds, and nothing is scaled",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers: [{type: prometheus, metadata: {serverAddress: "http://prometheus.monitoring:9090", query: up, threshold: "1"}}]
            """
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers: [{type: prometheus, metadata: {serverAddress: ↓"prometheus.monitoring:9090", query: up, threshold: "1"}}]
            """
        ]
    ) { tree, findings in
        for (scaler, trigger) in tree.triggers where trigger["type"]?.text == "prometheus" {
            guard let address = trigger["metadata"]?["serverAddress"], let text = address.text,
                !text.hasPrefix("http://"), !text.hasPrefix("https://"), !text.hasPrefix("$"), !text.hasPrefix("{{")
            else { continue }
            findings.add(
                "a trigger of \(scaler.words) asks `\(text)`, which is no URL", at: address.place,
                label: "no `http://` before it", help: "`http://\(text)`")
        }
    }
}
