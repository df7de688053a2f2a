import Groundwork

extension Rule {
    static let kedaFallbackFractionalTarget = Rule(
        "keda-fallback-fractional-target", .scaling,
        why:
            "KEDA parses the target of a formula as an integer to compute the fallback: a fraction silently disables the fallback",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 3}
              advanced: {scalingModifiers: {formula: a + b, target: "2"}}
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
              advanced: {scalingModifiers: {formula: a / 2, target: "0.8"}}
              triggers: [{type: prometheus, name: a, metadata: {query: up}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 3}
              triggers: [{type: prometheus, metadata: {query: avg(up), threshold: "0.8", ignoreNullValues: "false"}}]
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 3}
              advanced: {scalingModifiers: {formula: a + b, target: ↓"0.8"}}
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
              fallback: {failureThreshold: 3, replicas: 3, behavior: currentReplicasIfHigher}
              advanced: {scalingModifiers: {formula: 10 * a, target: ↓"8.0", metricType: AverageValue}}
              triggers: [{type: prometheus, name: a, metadata: {query: up, ignoreNullValues: "false"}}]
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) where scaler.spec?["fallback"] != nil {
            guard let target = scaler.spec?["advanced"]?["scalingModifiers"]?["target"], let text = target.text,
                Int(text) == nil, Double(text) != nil
            else { continue }
            findings.add(
                "the formula of \(scaler.words) has the target \(text), which disables the fallback",
                at: target.place, label: "must be an integer",
                help: "multiply the formula and the target by the same factor")
        }
    }
}
