import Groundwork

extension Rule {
    static let autoscalerAverageOfAverage = Rule(
        "autoscaler-average-of-average", .scaling,
        why:
            "with `AverageValue`, the default, the HPA divides the metric by the number of replicas: an average is divided twice, and scaling stops at one or two replicas",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_running)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metricType: Value
                metadata:
                  query: avg(DCGM_FI_DEV_GPU_UTIL)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: avg(DCGM_FI_DEV_GPU_UTIL) * count(DCGM_FI_DEV_GPU_UTIL)
              - type: prometheus
                metadata:
                  query: max(gateway_queue_depth)
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
              - type: prometheus
                metadata:
                  query: ↓avg(DCGM_FI_DEV_GPU_UTIL)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metricType: AverageValue
                metadata:
                  query: ↓sum(vllm:num_requests_waiting) / count(vllm:num_requests_waiting)
              - type: prometheus
                metadata:
                  metricType: Value
                  query: ↓histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m])))
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            guard let trigger = use.trigger, let query = use.query,
                trigger["metricType"]?.text ?? "AverageValue" == "AverageValue", query.result.nature == .mean
            else { continue }
            let target = trigger["metadata"]?["threshold"]?.text.flatMap { Double($0) }
            let bound = target.flatMap { target in query.result.most.map { (target, $0) } }
            findings.add(
                "\(use.words) is an average, which the HPA divides by the number of replicas again",
                at: use.place(query.extent),
                label: bound.map { target, most in
                    let replicas = min(1000, wholeNumber((most / max(target, 0.001)).rounded(.up)))
                    return
                        "at most \(PromQL.number(most)): never more than \(replicas) replica\(replicas == 1 ? "" : "s")"
                } ?? "an average",
                help: trigger.writtenMetricType?.text == "Value"
                    ? "move `metricType: Value` beside `metadata`, so that the HPA does not divide the average"
                    : "set `metricType: Value`, so that the HPA does not divide the average; `AverageValue` is for totals"
            )
        }
    }
}
