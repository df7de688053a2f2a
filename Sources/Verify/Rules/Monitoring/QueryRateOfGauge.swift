import Groundwork

extension Rule {
    static let queryRateOfGauge = Rule(
        "query-rate-of-gauge", .monitoring,
        why:
            "`rate` treats each decrease as a counter reset, so its result for a gauge is meaningless",
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
                  expr: deriv(DCGM_FI_DEV_GPU_TEMP[5m]) > 1
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
                  expr: rate(vllm:prompt_tokens_total[5m]) > 1
                - alert: B
                  expr: rate(vllm:time_to_first_token_seconds_count[5m]) > 1
                - alert: C
                  expr: rate(DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION[5m]) > 700000
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
                  expr: changes(DCGM_FI_DEV_XID_ERRORS[5m]) > 0
                - alert: B
                  expr: delta(DCGM_FI_DEV_FB_USED[10m]) > 1000
                - alert: C
                  expr: max_over_time(vllm:num_requests_waiting[5m]) > 50
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
                  expr: ↓rate(DCGM_FI_DEV_GPU_TEMP[5m]) > 1
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
                  query: sum(↓irate(vllm:num_requests_running[2m]))
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: ↓increase(DCGM_FI_DEV_XID_ERRORS[5m]) > 0
                - alert: B
                  expr: ↓resets(vllm:kv_cache_usage_perc[1h]) > 3
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            for part in use.parts.calls {
                let (name, arguments) = part.content
                guard QueryWords.ofCounters.contains(name),
                    case .range(let inner, _)? = arguments.first?.content, case .selector(let selector) = inner.content,
                    let metric = selector.metric, metric.kind == .gauge
                else { continue }
                let help =
                    metric.name.mentions("XID")
                    ? "the value is the code of the last XID error: compare it with 0, or count its `changes`"
                    : "use `deriv`, `delta` or `avg_over_time` for gauges"
                findings.add(
                    "\(use.words) applies `\(name)` to `\(metric.name)`, which is a gauge",
                    at: use.place(part.extent), label: "a gauge can decrease", help: help)
            }
        }
    }
}
