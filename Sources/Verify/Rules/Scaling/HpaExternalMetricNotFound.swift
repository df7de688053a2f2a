import Groundwork

extension Rule {
    static let hpaExternalMetricNotFound = Rule(
        "hpa-external-metric-not-found", .scaling,
        why:
            "KEDA serves each metric under the name of its trigger, such as `s0-prometheus`; any other name has no value, and the HPA does not scale",
        accepts: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: External
                external: {metric: {name: s0-prometheus, selector: {matchLabels: {scaledobject.keda.sh/name: a}}}}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: External
                external: {metric: {name: composite-metric, selector: {matchLabels: {scaledobject.keda.sh/name: a}}}}
              - type: External
                external: {metric: {name: s12-kafka-jobs, selector: {matchLabels: {scaledobject.keda.sh/name: a}}}}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: External
                external: {metric: {name: gpu_utilization, selector: {matchLabels: {app: a}}}}
              - type: External
                external: {metric: {name: pubsub.googleapis.com|subscription|num_undelivered_messages}}
              - type: Pods
                pods: {metric: {name: vllm_num_requests_waiting}}
            """,
        ],
        rejects: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: External
                external: {metric: {name: ↓gpu_utilization, selector: {matchLabels: {scaledobject.keda.sh/name: a}}}}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: External
                external: {metric: {name: ↓prometheus, selector: {matchLabels: {scaledobject.keda.sh/name: a}}}}
              - type: External
                external:
                  metric: {name: ↓"vllm:num_requests_waiting", selector: {matchLabels: {scaledobject.keda.sh/name: a}}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.horizontalPodAutoscaler) {
            for metric in scaler.spec?["metrics"]?.items ?? [] {
                let external = metric["external"]?["metric"]
                guard external?["selector"]?["matchLabels"]?["scaledobject.keda.sh/name"] != nil,
                    let name = external?["name"], let text = name.text,
                    text.firstMatch(of: /^s[0-9]+-/) == nil, text != "composite-metric"
                else { continue }
                findings.add(
                    "\(scaler.words) uses the metric `\(text)`, which KEDA does not serve", at: name.place,
                    label: "never has a value",
                    help: "remove this HPA: KEDA creates one for each ScaledObject")
            }
        }
    }
}
