import Groundwork

extension Rule {
    static let kedaFallbackOutOfBounds = Rule(
        "keda-fallback-out-of-bounds", .scaling,
        why: "a fallback outside the replica bounds is rejected, or limited to them",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 2
              maxReplicaCount: 10
              fallback: {failureThreshold: 3, replicas: 3}
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
              minReplicaCount: 2
              maxReplicaCount: 10
              idleReplicaCount: 0
              fallback: {failureThreshold: 3, replicas: 10}
              triggers: [{type: prometheus, metadata: {query: up}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 100}
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
              fallback: {failureThreshold: 3, replicas: ↓12}
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
              minReplicaCount: 2
              idleReplicaCount: ↓2
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers where scaler.object.kind == .scaledObject {
            let spec = scaler.object.spec
            if let replicas = spec?["fallback"]?["replicas"], let count = replicas.integer, let most = scaler.maximum,
                count > most, scaler.minimum <= most
            {
                findings.add(
                    "the fallback of \(scaler.object.words) has \(count) replicas, more than the maximum, \(most)",
                    at: replicas.place, label: "greater than the maximum")
            }
            if let idle = spec?["idleReplicaCount"], let count = idle.integer, count > 0 {
                findings.add(
                    "\(scaler.object.words) idles at \(count) replica\(count == 1 ? "" : "s"), but KEDA supports only 0",
                    at: idle.place,
                    label: "must be 0")
            }
        }
    }
}
