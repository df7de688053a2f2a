import Groundwork

extension Rule {
    static let dcgmExporterOwnLabel = Rule(
        "dcgm-exporter-own-label", .monitoring,
        why:
            "unless the monitor honours the labels of the DCGM exporter, `pod` and `namespace` are the exporter's own, and those of the GPU's user are `exported_pod` and `exported_namespace`",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics, honorLabels: true}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: dcgm}}
                spec: {containers: [{name: a, image: "dcgm-exporter:4"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL{pod=~"a-.*"}) > 90
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: dcgm}}
                spec: {containers: [{name: a, image: "dcgm-exporter:4"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL{exported_pod=~"a-.*"}) > 90
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: dcgm}}
                spec: {containers: [{name: a, image: "dcgm-exporter:4"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: absent(DCGM_FI_DEV_GPU_UTIL{pod=~"dcgm-exporter-.*"})
                - alert: B
                  expr: avg(vllm:kv_cache_usage_perc{pod=~"a-.*"}) > 0.9
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: dcgm}}
                spec: {containers: [{name: a, image: "dcgm-exporter:4"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL{↓pod=~"a-.*"}) > 90
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics, honorLabels: true}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: dcgm}}
                spec: {containers: [{name: a, image: "dcgm-exporter:4"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL{↓exported_pod=~"a-.*"}) > 90
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: dcgm}}
                spec: {containers: [{name: a, image: "dcgm-exporter:4"}]}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metricType: Value
                metadata:
                  query: avg(DCGM_FI_DEV_GPU_UTIL{↓namespace="ai", ↓container="vllm"})
                  threshold: "70"
            """,
        ]
    ) { tree, findings in
        let monitors = tree.objects(.serviceMonitor).filter {
            tree.exporter(scrapedBy: $0)?.pod.containers.contains { $0.isExporter } ?? false
        }
        let endpoints = monitors.flatMap { monitor in (monitor.spec?["endpoints"]?.items ?? []).map { (monitor, $0) } }
        guard let (monitor, endpoint) = endpoints.first, endpoint["relabelings"] == nil,
            endpoint["metricRelabelings"] == nil
        else { return }
        let honours = endpoint["honorLabels"]?.boolean == true
        for use in tree.queries {
            for selector in use.parts.selectors.map(\.content) where selector.metric?.source == .dcgmExporter {
                for matcher in selector.matchers {
                    let isExported = matcher.label.hasPrefix("exported_")
                    let label = isExported ? String(matcher.label.dropFirst(9)) : matcher.label
                    guard ["pod", "namespace", "container"].contains(label), isExported == honours,
                        !matcher.value.mentions("dcgm"), !matcher.value.isEmpty
                    else { continue }
                    findings.add(
                        "\(use.words) selects by `\(matcher.label)`, which \(honours ? "no series has" : "is the exporter's")",
                        at: use.place(matcher.extent), label: "matches nothing",
                        notes: [
                            .init(
                                "the exporter is scraped \(honours ? "with" : "without") `honorLabels: true`",
                                at: endpoint.entries?.first?.keyPlace ?? monitor.place)
                        ],
                        help: honours
                            ? "the label is `\(label)`"
                            : "set `honorLabels: true` on the endpoint, or select by `exported_\(label)`")
                }
            }
        }
    }
}
