import Groundwork

extension Rule {
    static let kedaFallbackScalesDown = Rule(
        "keda-fallback-scales-down", .scaling, .warning,
        why: "a fallback to a fixed number of replicas removes replicas if the metrics fail under load",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              maxReplicaCount: 10
              fallback: {failureThreshold: 3, replicas: 3, behavior: currentReplicasIfHigher}
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
              maxReplicaCount: 10
              fallback: {failureThreshold: 3, replicas: 10}
              triggers: [{type: prometheus, metadata: {query: up}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              maxReplicaCount: 10
              fallback: {failureThreshold: 3, replicas: 3, behavior: currentReplicas}
              triggers: [{type: prometheus, metadata: {query: up}}]
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              maxReplicaCount: 10
              fallback: {failureThreshold: 3, replicas: ↓3}
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
              fallback: {failureThreshold: 3, replicas: ↓99, behavior: static}
              triggers: [{type: prometheus, metadata: {query: up}}]
            """,
            """
            # The lower of the two.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              maxReplicaCount: 8
              fallback: {failureThreshold: 3, replicas: ↓2, behavior: currentReplicasIfLower}
              triggers:
              - {type: prometheus, metadata: {query: up, threshold: "1"}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers where scaler.object.kind == .scaledObject {
            guard let fallback = scaler.object.spec?["fallback"], let replicas = fallback["replicas"],
                let count = replicas.integer,
                let most = scaler.maximum, count < most,
                ["static", "currentReplicasIfLower", nil].contains(fallback["behavior"]?.text)
            else { continue }
            findings.add(
                "without metrics, \(scaler.object.words) scales to \(count) replicas, even from \(most)",
                at: replicas.place, label: "fewer than the maximum",
                help: "set `behavior: currentReplicasIfHigher` to keep the running replicas")
        }
    }
}
