import Diagnostics
import Groundwork

extension Rule {
    static let queryUnknownLabel = Rule(
        "query-unknown-label", .monitoring, .warning,
        why: "a matcher on a label that the metric does not have matches no series, so the query returns nothing, or 0",
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
                  expr: sum by (model_name, pod) (vllm:num_requests_waiting{model_name="a", namespace="b"}) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              selector: {}
              podTargetLabels: [model]
              endpoints:
              - {port: http, relabelings: [{sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: host}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum by (model, host) (vllm:num_requests_waiting{model="a"}) > 1
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
                  expr: sum(vllm:num_requests_waiting{model!="test", node="b", cluster="c"}) > 1
                - alert: B
                  expr: sum by (gpu, Hostname) (DCGM_FI_DEV_GPU_UTIL{exported_pod!="", modelName=~".*H100.*"}) > 90
                - alert: C
                  expr: sum(other:num_requests_waiting{model="a"}) > 1
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
                  expr: sum(vllm:num_requests_waiting{↓model="a"}) > 1
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
                  expr: sum by (↓model) (vllm:num_requests_waiting) > 1
            """,
        ]
    ) { tree, findings in
        let targets: Set = [
            "node", "cluster", "prometheus", "prometheus_replica", "region", "zone", "az", "env", "environment", "app",
            "team",
            "tenant", "le", "quantile", "__name__", "kubernetes_node",
        ]
        let added = tree.relabelledLabels
        func isKnown(_ label: String, _ metric: Metric) -> Bool {
            !metric.source.namesAllLabels || metric.hasLabel(label) || targets.contains(label)
                || label.hasPrefix("exported_")
                || label.hasPrefix("app_kubernetes_io") || label.hasPrefix("label_") || label.mentions("$")
                || added.contains(label)
        }
        for use in tree.queries where !added.contains("*") {
            for selector in use.parts.selectors.map(\.content) {
                guard let metric = selector.metric else { continue }
                for matcher in selector.matchers
                where matcher.relation != .unequal && matcher.relation != .unmatching && !isKnown(matcher.label, metric)
                {
                    findings.add(
                        "\(use.words) matches label `\(matcher.label)` of `\(selector.name ?? "")`, which has no such label",
                        at: use.place(matcher.extent), label: "matches no series", help: metric.near(matcher.label))
                }
            }
            for aggregation in use.parts.aggregations.map(\.content) {
                guard let kept = aggregation.kept, !kept.isEmpty else { continue }
                let metrics = aggregation.operand.selectors.map(\.content.metric)
                guard let first = metrics.first, let metric = first, metrics.allSatisfy({ $0 != nil }) else { continue }
                for label in kept where metrics.allSatisfy({ $0.map { !isKnown(label.name, $0) } ?? false }) {
                    findings.add(
                        "\(use.words) groups `\(metric.name)` by label `\(label.name)`, which it does not have",
                        at: use.place(label.extent), label: "always empty", help: metric.near(label.name))
                }
            }
        }
    }
}

extension Metric {
    /// Suggests the label that was most likely meant.
    fileprivate func near(_ label: String) -> String? {
        let candidate = labels.first { $0.hasPrefix(label) || label.hasPrefix($0) } ?? closest(to: label, among: labels)
        return candidate.map { "did you mean `\($0)`?" }
    }
}

extension Inventory {
    /// The labels that monitors add to scraped series; `*` if they may add any label.
    fileprivate var relabelledLabels: Set<String> {
        var labels: Set<String> = []
        for monitor in objects(.serviceMonitor) + objects(.podMonitor) {
            labels.formUnion(monitor.spec?["targetLabels"]?.texts ?? [])
            labels.formUnion(monitor.spec?["podTargetLabels"]?.texts ?? [])
            let endpoints = (monitor.spec?["endpoints"] ?? monitor.spec?["podMetricsEndpoints"])?.items ?? []
            for change in endpoints.flatMap({
                $0.items(of: "relabelings", "metricRelabelings")
            }) {
                if change["action"]?.text?.lowercased() == "labelmap" { labels.insert("*") }
                if let target = change["targetLabel"]?.text { labels.insert(target) }
            }
        }
        return labels
    }
}
