import Diagnostics
import Groundwork

extension Rule {
    static let queryRenamedMetric = Rule(
        "query-renamed-metric", .monitoring, .warning,
        why: "a later release of the exporter renamed this metric, so the old name has no data",
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
                  expr: avg(vllm:kv_cache_usage_perc) > 0.9
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
                  expr: histogram_quantile(0.9, sum by (le) (rate(vllm:inter_token_latency_seconds_bucket[5m]))) > 1
                - alert: B
                  expr: sum(rate(vllm:request_time_per_output_token_seconds_count[5m])) > 1
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
                  query: avg(vllm:kv_cache_usage_perc)
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - record: vllm:gpu_cache_usage_perc:avg
                  expr: avg(vllm:kv_cache_usage_perc)
                - alert: A
                  expr: avg(gpu_cache_usage_perc) > 0.9
                - alert: B
                  expr: label_replace(up, "metric", "vllm:gpu_cache_usage_perc", "", "") > 1
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
                  expr: avg(↓vllm:gpu_cache_usage_perc) > 0.9
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
                  query: max(↓vllm:gpu_cache_usage_perc{model_name="a"})
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: histogram_quantile(0.9, sum by (le) (rate(↓vllm:time_per_output_token_seconds_bucket[5m]))) > 1
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            for part in use.parts.selectors {
                let (selector, extent) = (part.content, part.extent)
                guard let metric = selector.metric, !metric.replacement.isEmpty, let name = selector.name else {
                    continue
                }
                findings.add(
                    "\(use.words) uses `\(name)`, which later releases renamed",
                    at: use.place(extent.lowerBound..<extent.lowerBound + name.utf8.count), label: "former name",
                    help: "use `\(metric.replacement)`",
                    fix: [
                        renaming(name, to: metric, use.place(extent.lowerBound..<extent.lowerBound + name.utf8.count))
                    ])
            }
        }
    }
}

/// The edit that writes the new name, with the suffix of a histogram if there is one.
private func renaming(_ name: String, to metric: Metric, _ place: SourceRange) -> TextEdit? {
    guard place.end - place.start == name.utf8.count, name.hasPrefix(metric.name) else { return nil }
    return TextEdit(place, metric.replacement + name.dropFirst(metric.name.utf8.count))
}
