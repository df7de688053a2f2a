import Groundwork

extension Rule {
    static let queryUnknownJob = Rule(
        "query-unknown-job", .monitoring, .warning,
        why:
            "the `job` of a target is the name of its Service, or the namespace and name of its PodMonitor, unless `jobLabel` "
            + "says otherwise; the name of the ServiceMonitor matches no series",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: exporter, labels: {app: exporter}}
            spec: {ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: gpu-metrics}
            spec: {selector: {matchLabels: {app: exporter}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: 'up{job="exporter"} == 0'}]}]}
            """,
            """
            # The label of the Service says it, and a job of another tree is not known.
            apiVersion: v1
            kind: Service
            metadata: {name: exporter, labels: {app: gpu-metrics}}
            spec: {ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: gpu-metrics}
            spec: {jobLabel: app, selector: {matchLabels: {app: gpu-metrics}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: 'up{job="gpu-metrics"} == 0'}
                - {alert: B, expr: 'up{job="apiserver"} == 0'}
            """,
            """
            # A relabeling may write any job.
            apiVersion: v1
            kind: Service
            metadata: {name: exporter, labels: {app: exporter}}
            spec: {ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: gpu-metrics}
            spec:
              selector: {matchLabels: {app: exporter}}
              endpoints: [{port: metrics, relabelings: [{targetLabel: job, replacement: gpu-metrics}]}]
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: 'up{job="gpu-metrics"} == 0'}]}]}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: exporter, labels: {app: exporter}}
            spec: {ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: gpu-metrics}
            spec: {selector: {matchLabels: {app: exporter}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: 'up{↓job="gpu-metrics"} == 0'}]}]}
            """,
            """
            # With a `jobLabel` it is not the name of the Service.
            apiVersion: v1
            kind: Service
            metadata: {name: exporter, labels: {app: dcgm}}
            spec: {ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: exporter}
            spec: {jobLabel: app, selector: {matchLabels: {app: dcgm}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: 'absent(up{↓job="exporter"})'}]}]}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: vllm, namespace: models}
            spec: {selector: {matchLabels: {app: vllm}}, podMetricsEndpoints: [{port: http}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: 'sum(up{↓job="vllm"}) < 1'}]}]}
            """,
        ]
    ) { tree, findings in
        let monitors = (tree.objects(.serviceMonitor) + tree.objects(.podMonitor)).map { ($0, tree.jobs(of: $0)) }
        // If one may make any job, nothing is known.
        guard !monitors.isEmpty, !monitors.contains(where: { $0.1 == nil }) else { return }
        let known = Set(monitors.flatMap { $0.1 ?? [] })
        for use in tree.queries {
            for matcher in use.parts.selectors.flatMap(\.content.matchers)
            where matcher.label == "job" && (matcher.relation == .equal || matcher.relation == .matching) {
                guard !known.contains(matcher.value),
                    let (monitor, jobs) = monitors.first(where: { $0.0.name == matcher.value }), let jobs,
                    let right = jobs.first
                else { continue }
                findings.add(
                    "\(use.words) selects the job `\(matcher.value)`, which no monitor of the tree makes",
                    at: use.place(matcher.extent), label: "matches no series",
                    notes: [monitor.note("the targets of \(monitor.words) have the job `\(right)`")],
                    help: "select `job=\"\(right)\"`")
            }
        }
    }
}

extension Inventory {
    /// The jobs of the targets of a monitor; nil if a relabeling may write any, or no Service is known.
    fileprivate func jobs(of monitor: KubernetesObject) -> [String]? {
        let isOfPods = monitor.kind == .podMonitor
        let endpoints = (isOfPods ? monitor.spec?["podMetricsEndpoints"] : monitor.spec?["endpoints"])?.items ?? []
        let changes = endpoints.flatMap { $0.items(of: "relabelings", "metricRelabelings") }
        if changes.contains(where: {
            $0["targetLabel"]?.text == "job" || $0["action"]?.text?.lowercased() == "labelmap"
        }) {
            return nil
        }
        let label = monitor.spec?["jobLabel"]?.text
        if isOfPods {
            // A namespace that is not written is the one of the release.
            let namespace = monitor.root["metadata"]?["namespace"] == nil ? "<namespace>" : monitor.namespace
            return label == nil ? ["\(namespace)/\(monitor.name)"] : nil
        }
        return services(of: monitor).map { service in
            label.flatMap { service.root["metadata"]?["labels"]?[$0]?.text } ?? service.name
        }
    }
}
