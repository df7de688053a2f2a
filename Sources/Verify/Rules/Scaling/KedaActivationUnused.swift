import Diagnostics
import Groundwork

extension Rule {
    static let kedaActivationUnused = Rule(
        "keda-activation-unused", .scaling, .warning,
        why:
            "`cooldownPeriod`, `pollingInterval` and `activationThreshold` apply only to scaling between 0 and 1 replica, which a ScaledObject with a minimum of 1 or more never does",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 0
              cooldownPeriod: 600
              triggers:
              - type: prometheus
                metadata:
                  query: up
                  activationThreshold: "1"
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 2
              idleReplicaCount: 0
              cooldownPeriod: 600
              pollingInterval: 15
              triggers:
              - type: prometheus
                metadata:
                  query: up
                  activationThreshold: "1"
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              pollingInterval: 15
              triggers:
              - type: prometheus
                useCachedMetrics: true
                metadata:
                  query: up
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              triggers:
              - type: prometheus
                metadata:
                  query: up
                  activationThreshold: "0"
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              minReplicaCount: 1
              pollingInterval: 15
              triggers: [{type: prometheus, metadata: {query: up}}]
            """,
            """
            # With a fallback, failures are counted at each poll.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              pollingInterval: 10
              fallback: {failureThreshold: 3, replicas: 4}
              triggers:
              - {type: prometheus, metadata: {query: up, threshold: "1"}}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 2
              ↓cooldownPeriod: 60
              ↓pollingInterval: 15
              triggers:
              - type: prometheus
                metadata:
                  query: up
                  ↓activationThreshold: "50"
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              ↓cooldownPeriod: 300
              pollingInterval: 15
              triggers:
              - {type: cpu, metricType: Utilization, metadata: {value: "70"}}
              - {type: prometheus, useCachedMetrics: true, metadata: {query: up}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) {
            guard let spec = scaler.spec, let least = spec["minReplicaCount"]?.integer, least >= 1,
                spec["idleReplicaCount"] == nil,
                spec["advanced"]?["scalingModifiers"] == nil
            else { continue }
            let cached = spec["triggers"]?.items?.contains { $0["useCachedMetrics"]?.boolean == true } ?? false
            var idle: [(name: String, place: SourceRange)] = []
            if spec["cooldownPeriod"] != nil { idle.append(("cooldownPeriod", spec.keyPlace("cooldownPeriod"))) }
            // With a fallback, failures are counted at each poll.
            if spec["pollingInterval"] != nil, !cached, spec["fallback"] == nil {
                idle.append(("pollingInterval", spec.keyPlace("pollingInterval")))
            }
            for trigger in spec.items(of: "triggers") {
                guard let metadata = trigger["metadata"], let value = metadata["activationThreshold"],
                    value.text != "0", !cached
                else { continue }
                idle.append(("activationThreshold", metadata.keyPlace("activationThreshold")))
            }
            for (name, place) in idle {
                findings.add(
                    "`\(name)` of \(scaler.words) has no effect, because it never scales to zero", at: place,
                    label: "applies only between 0 and 1 replica",
                    notes: [.init("the minimum is here", at: spec.keyPlace("minReplicaCount"))],
                    help: name == "cooldownPeriod"
                        ? "use `behavior.scaleDown` to set how fast replicas are removed" : nil)
            }
        }
    }
}
