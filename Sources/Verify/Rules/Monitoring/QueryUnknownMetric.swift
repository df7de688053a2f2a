import Diagnostics
import Groundwork

extension Rule {
    static let queryUnknownMetric = Rule(
        "query-unknown-metric", .monitoring, .warning,
        why:
            "a metric that no exporter has gives an empty result: an alert on it never fires, and an autoscaler takes it "
            + "for 0 and stays at its minimum",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata: {query: 'sum(vllm:num_requests_waiting{namespace="a"})', threshold: "4"}
            """,
            """
            # Recording rules and metrics of others have names of their own.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {record: "chat:requests:sum", expr: sum(vllm:num_requests_running)}
                - {alert: A, expr: "chat:requests:sum > 9 and vllm:lora_requests_info == 1"}
                - {alert: B, expr: "rate(vllm:iteration_tokens_total_sum[5m]) > 5 or vllm:cpu_cache_usage_perc > 0.9"}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: 'rate(vllm:time_to_first_token_seconds_bucket{le="1.0"}[5m]) > 5'}
                - {alert: B, expr: 'count({__name__=~"vllm:num_requests_(running|waiting)"}) == 0'}
                - {alert: C, expr: DCGM_FI_DEV_ROW_REMAP_FAILURE > 0}
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
                  threshold: "4"
                  query: sum(↓vllm_num_requests_waiting) + sum(↓vllm_num_requests_running)
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: "rate(↓vllm_time_to_first_token_seconds_bucket[5m]) > 5"}
                - {alert: B, expr: "↓DCGM_FI_DEV_GPU_UTILS > 90"}
                - {alert: C, expr: "rate(↓vllm:generation_tokens[5m]) < 1"}
            """,
            """
            # Names in a matcher, and in the panels of a dashboard.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: 'sum({__name__=~"↓vllm_num_requests_running|vllm:num_requests_waiting"}) > 9'}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data:
              gpu.json: |
                {"panels": [{"targets": [{"expr": "sum(↓vllm:num_request_waiting) by (pod)"}]}]}
            """,
        ]
    ) { tree, findings in
        for use in tree.metricUses where use.metric == nil {
            guard !ExporterField.isNew(use.name), let near = Metric.near(use.name) else { continue }
            findings.add(
                "\(use.words) uses `\(use.name)`, which no exporter has", at: use.place, label: "no such metric",
                help: "did you mean `\(near)`?")
        }
    }
}

extension Metric {
    /// The name of a metric that a name is nearly equal to; nil if it may be the name of another metric.
    static func near(_ name: String) -> String? {
        let family = ["vllm", "DCGM_FI", "dcgm_fi"].first { name.hasPrefix($0) }
        guard let family, name != family, !existing.contains(plain(name)) else { return nil }
        if let written = spellings[plain(name)] { return written == name ? nil : written }
        let candidates = spellings.values.filter { $0.hasPrefix(family == "vllm" ? "vllm" : "DCGM_FI") }
        guard name.utf8.count > 12, let near = closest(to: name, among: candidates.sorted()),
            differences(name, near) <= 2
        else { return nil }
        return near
    }

    /// A name without case, and without the difference of `:` and `_`.
    private static func plain(_ name: String) -> String { name.lowercased().replacing(":", with: "_") }

    /// The names as queries use them, by what is left of them if they are spelled otherwise.
    private static let spellings: [String: String] = {
        var spellings: [String: String] = [:]
        for metric in all where metric.source == .vLLM || metric.source == .dcgmExporter {
            let suffixes = metric.kind == .histogram ? ["_bucket", "_sum", "_count"] : [""]
            for name in suffixes.map({ metric.name + $0 }) { spellings[plain(name)] = name }
            if metric.kind == .counter, metric.name.hasSuffix("_total") {
                spellings[plain(String(metric.name.dropLast(6)))] = metric.name
            }
        }
        return spellings
    }()

    /// Metrics that exist and are not in the catalog, some of them only in former releases.
    private static let existing: Set<String> = Set(
        [
            "num_requests_swapped", "cpu_cache_usage_perc", "gpu_prefix_cache_hit_rate", "cpu_prefix_cache_hit_rate",
            "gpu_prefix_cache_queries", "gpu_prefix_cache_hits", "gpu_prefix_cache_queries_total",
            "gpu_prefix_cache_hits_total", "iteration_tokens_total", "request_prompt_tokens",
            "request_generation_tokens", "request_max_num_generation_tokens", "request_params_n",
            "request_params_max_tokens", "cache_config_info", "lora_requests_info", "num_preemptions",
            "time_in_queue_requests", "request_success", "prompt_tokens_cached_total", "external_prefix_cache_queries",
            "external_prefix_cache_hits", "mm_cache_queries", "mm_cache_hits", "corrupted_requests",
        ].map { "vllm_\($0)" })

    /// How many letters two names differ by, at most 9.
    private static func differences(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        if abs(a.count - b.count) > 8 { return 9 }
        var row = Array(0...b.count)
        for i in a.indices {
            var corner = row[0]
            row[0] = i + 1
            for j in b.indices {
                let next = min(row[j] + 1, row[j + 1] + 1, corner + (a[i] == b[j] ? 0 : 1))
                (corner, row[j + 1]) = (row[j + 1], next)
            }
        }
        return min(row[b.count], 9)
    }
}
