import Groundwork

extension Rule {
    static let autoscalerScaleDownTooFast = Rule(
        "autoscaler-scale-down-too-fast", .scaling, .warning,
        why: "if replicas are removed sooner than new ones can start, capacity is missing when the load returns",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 900}}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, startupProbe: {httpGet: {port: 8000}, periodSeconds: 10, failureThreshold: 60}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 300}}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, startupProbe: {httpGet: {port: 8000}, failureThreshold: 60}}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              behavior: {scaleDown: {stabilizationWindowSeconds: 0, selectPolicy: Disabled}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, startupProbe: {httpGet: {port: 8000}, failureThreshold: 180}}]
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: ↓240}}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, startupProbe: {httpGet: {port: 8000}, periodSeconds: 10, failureThreshold: 60}}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}
              maxReplicas: 4
              behavior:
                scaleDown: {stabilizationWindowSeconds: ↓0, policies: [{type: Pods, value: 1, periodSeconds: 60}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  initContainers: [{name: proxy, restartPolicy: Always, startupProbe: {tcpSocket: {port: 9000}}}]
                  containers: [{name: a, startupProbe: {httpGet: {port: 8000}, failureThreshold: 180}}]
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            let spec = scaler.object.spec
            let behavior = spec?["behavior"] ?? spec?["advanced"]?["horizontalPodAutoscalerConfig"]?["behavior"]
            guard let workload = tree.workload(scaler.target),
                let down = behavior?["scaleDown"],
                down["selectPolicy"]?.text != "Disabled"
            else { continue }
            let probes = workload.pod.containers.compactMap { $0.value["startupProbe"] }
            let starts = probes.map {
                $0.figure("periodSeconds", Thresholds.defaultProbePeriod)
                    * $0.figure("failureThreshold", Thresholds.defaultProbeFailures)
            }
            guard let start = starts.max(), let window = down["stabilizationWindowSeconds"],
                let seconds = window.number,
                // A startup probe allows more time than a start is expected to take.
                seconds * Thresholds.startupPatience.value < start
            else { continue }
            findings.add(
                "\(scaler.object.words) has a scale-down stabilization window of \(wholeNumber(seconds)) s, but a new replica may take \(wholeNumber(start)) s to start",
                at: window.place, label: "shorter than the startup of a replica",
                notes: [.init("the startup may take this long", at: (probes.first ?? workload.object.root).place)])
        }
    }
}

extension ManifestValue {
    /// A number that a probe sets, or its default; at least 0.
    fileprivate func figure(_ key: String, _ usual: Parameter) -> Double {
        max(self[key]?.integer.map(Double.init) ?? usual.value, 0)
    }
}
