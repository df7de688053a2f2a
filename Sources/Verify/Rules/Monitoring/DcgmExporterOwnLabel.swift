import Groundwork

extension Rule {
    static let dcgmExporterOwnLabel = Rule(
        "dcgm-exporter-own-label", .monitoring,
        why:
            "without `honorLabels: true` on the monitor, `pod` and `namespace` of DCGM metrics name the exporter's own pod, and the pod that uses the GPU is in `exported_pod` and `exported_namespace`",
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
        let honors = endpoint["honorLabels"]?.boolean == true
        for scaler in tree.objects(.horizontalPodAutoscaler) where !honors {
            for metric in scaler.spec?["metrics"]?.items ?? [] {
                guard let name = metric["pods"]?["metric"]?["name"], name.text?.hasPrefix("DCGM_") ?? false else {
                    continue
                }
                findings.add(
                    "\(scaler.words) scales on `\(name.text ?? "")` of its pods, but the series are of the exporter's pods",
                    at: name.place, label: "never has a value",
                    notes: [
                        .init(
                            "the exporter is scraped without `honorLabels: true`",
                            at: endpoint.entries?.first?.keyPlace ?? monitor.place)
                    ],
                    help: "set `honorLabels: true` on the endpoint, so that `pod` names the pod that uses the GPU")
            }
        }
        for use in tree.queries {
            for selector in use.parts.selectors.map(\.content) where selector.metric?.source == .dcgmExporter {
                for matcher in selector.matchers {
                    let isExported = matcher.label.hasPrefix("exported_")
                    let label = isExported ? String(matcher.label.dropFirst(9)) : matcher.label
                    guard ["pod", "namespace", "container"].contains(label), isExported == honors,
                        !matcher.value.mentions("dcgm"), !matcher.value.isEmpty
                    else { continue }
                    findings.add(
                        "\(use.words) selects by label `\(matcher.label)`, which \(honors ? "no series has" : "identifies the exporter itself")",
                        at: use.place(matcher.extent), label: "matches no series",
                        notes: [
                            .init(
                                "the exporter is scraped \(honors ? "with" : "without") `honorLabels: true`",
                                at: endpoint.entries?.first?.keyPlace ?? monitor.place)
                        ],
                        help: honors
                            ? "use the label `\(label)`"
                            : "set `honorLabels: true` on the endpoint, or select by `exported_\(label)`")
                }
            }
        }
    }
}
