import Groundwork

extension Rule {
    static let queryThresholdOutOfRange = Rule(
        "query-threshold-out-of-range", .monitoring,
        why:
            "a threshold outside the range of a metric is never reached or always met; percentages and ratios are easily confused",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL) > 95
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
                  query: avg(vllm:kv_cache_usage_perc)
                  threshold: "0.8"
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(vllm:kv_cache_usage_perc) >= 1
                - alert: B
                  expr: avg(vllm:kv_cache_usage_perc) > 0.99
                - alert: C
                  expr: avg(vllm:kv_cache_usage_perc) * 100 > 80
                - alert: D
                  expr: sum(vllm:kv_cache_usage_perc) > 3
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(vllm:kv_cache_usage_perc) > ↓80
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
                  query: avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE)
                  threshold: ↓"70"
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: slo:sli_error:ratio_rate5m > ↓(14.4 * 0.1)
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL) / 100 > ↓90
                - alert: B
                  expr: vllm:kv_cache_usage_perc < ↓5
                - alert: C
                  expr: kube_pod_status_ready{condition="true"} == ↓2
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            for binary in use.parts.binaries.map(\.content) where binary.operation.isComparison {
                guard let bound = binary.right.constant, let most = binary.left.result.most else { continue }
                let (never, always): (Bool, Bool)
                switch binary.operation {
                case .above: (never, always) = (bound >= most, false)
                case .atLeast, .equal: (never, always) = (bound > most, false)
                case .below: (never, always) = (false, bound > most)
                case .atMost: (never, always) = (false, bound >= most)
                default: continue
                }
                guard never || always else { continue }
                findings.add(
                    "\(use.words) compares a value of at most \(short(most)) with \(short(bound))",
                    at: use.place(binary.right.extent), label: never ? "never reached" : "always true")
            }
            guard let trigger = use.trigger, trigger.writtenMetricType?.text == "Value", let most = use.result?.most,
                let threshold = trigger["metadata"]?["threshold"],
                let target = threshold.text.flatMap({ Double($0) }), target >= most
            else { continue }
            findings.add(
                "\(use.words) is at most \(short(most)), but its threshold is \(threshold.text ?? "")",
                at: threshold.place, label: "never exceeded, so it does not scale out")
        }
    }
}

/// Writes a number with at most four decimals.
private func short(_ number: Double) -> String { PromQL.number((number * 10_000).rounded() / 10_000) }
