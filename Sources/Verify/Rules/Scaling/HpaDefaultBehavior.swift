import Groundwork

extension Rule {
    static let hpaDefaultBehavior = Rule(
        "hpa-default-behavior", .scaling, .warning,
        why:
            "these scale-up policies are the defaults of Kubernetes: \(Thresholds.defaultScaleUpPods.text) more pods or twice as many every \(Thresholds.defaultScaleUpPeriod.text) s, which is many GPUs at once",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 8
              behavior:
                scaleUp: {stabilizationWindowSeconds: 60}
                scaleDown:
                  policies: [{type: Percent, value: 100, periodSeconds: 15}, {type: Pods, value: 4, periodSeconds: 15}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 8
              behavior:
                scaleUp:
                  policies: [{type: Percent, value: 100, periodSeconds: 60}, {type: Pods, value: 4, periodSeconds: 15}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 8
              behavior: {scaleUp: {policies: [{type: Pods, value: 4, periodSeconds: 15}]}}
            """,
            """
            # The smaller change of the two.
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              behavior:
                scaleUp:
                  selectPolicy: Min
                  policies: [{type: Pods, value: 4, periodSeconds: 15}, {type: Percent, value: 100, periodSeconds: 15}]
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced:
                horizontalPodAutoscalerConfig:
                  behavior:
                    ↓scaleUp:
                      policies:
                      - {type: Percent, value: 100, periodSeconds: 15}
                      - {type: Pods, value: 4, periodSeconds: 15}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 8
              behavior:
                ↓scaleUp:
                  stabilizationWindowSeconds: 0
                  selectPolicy: Max
                  policies: [{type: Pods, value: 4, periodSeconds: 15}, {type: Percent, value: 100, periodSeconds: 15}]
            """,
        ]
    ) { tree, findings in
        let (pods, percent) = (Thresholds.defaultScaleUpPods.text, Thresholds.defaultScaleUpPercent.text)
        let period = Thresholds.defaultScaleUpPeriod.text
        let usual: Set = ["Percent \(percent)/\(period)", "Pods \(pods)/\(period)"]
        for scaler in tree.autoscalers {
            let spec = scaler.object.spec
            guard let behavior = spec?["behavior"] ?? spec?["advanced"]?["horizontalPodAutoscalerConfig"]?["behavior"],
                let up = behavior["scaleUp"], let policies = up["policies"]?.items, policies.count == 2,
                up["selectPolicy"]?.text ?? "Max" == "Max", !scaler.object.isLive
            else { continue }
            let said = Set(
                policies.map {
                    "\($0["type"]?.text ?? "") \($0["value"]?.text ?? "")/\($0["periodSeconds"]?.text ?? "")"
                })
            guard said == usual else { continue }
            findings.add(
                "the scale-up policies of \(scaler.object.words) are the defaults", at: behavior.keyPlace("scaleUp"),
                label: "\(pods) pods every \(period) s",
                help: "limit the replicas that start at once to what your GPU budget allows, or remove the policies")
        }
    }
}
