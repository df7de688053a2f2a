import Groundwork

extension Rule {
    static let dcgmExporterScrapedTooOften = Rule(
        "dcgm-exporter-scraped-too-often", .monitoring, .warning,
        why:
            "the DCGM exporter reads the GPUs every \(Thresholds.defaultExporterInterval.text) s by default, so more frequent scrapes collect the same values again",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: a}}, endpoints: [{port: metrics, interval: 15s}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, image: "dcgm-exporter:4", env: [{name: DCGM_EXPORTER_INTERVAL, value: "15000"}]}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: a}}, endpoints: [{port: metrics, interval: 30s}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - {name: a, image: "dcgm-exporter:4"}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: a}}, endpoints: [{port: metrics}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - {name: a, image: "dcgm-exporter:4"}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: vllm}
            spec: {selector: {matchLabels: {app: vllm}}, endpoints: [{port: http, interval: 5s}]}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: a}}, endpoints: [{port: metrics, interval: ↓15s}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, image: "dcgm-exporter:4"}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: a}}, endpoints: [{port: metrics, interval: ↓59s}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: a}}
            spec: {selector: {role: exporter}, ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {role: exporter}}
                spec:
                  containers:
                  - {name: a, image: "dcgm-exporter:4", env: [{name: DCGM_EXPORTER_INTERVAL, value: "60000"}]}
            """,
        ]
    ) { tree, findings in
        for monitor in tree.objects(.serviceMonitor) {
            guard let exporter = tree.exporter(scrapedBy: monitor),
                exporter.pod.containers.contains(where: \.isExporter)
            else { continue }
            let variable = exporter.pod.containers.lazy.compactMap { $0.variable("DCGM_EXPORTER_INTERVAL") }.first
            let own =
                variable?.text.flatMap { Double($0) }.map { $0 / 1000 } ?? Thresholds.defaultExporterInterval.value
            for endpoint in monitor.spec?["endpoints"]?.items ?? [] {
                guard let interval = endpoint["interval"], let seconds = interval.seconds, seconds < own else {
                    continue
                }
                findings.add(
                    "\(monitor.words) scrapes every \(interval.text ?? ""), but \(exporter.object.words) reads the GPUs only every \(wholeNumber(own)) s",
                    at: interval.place,
                    label: "collects the same values again",
                    notes: [.init("the exporter is here", at: variable?.place ?? exporter.object.place)],
                    help: "set `DCGM_EXPORTER_INTERVAL` to the scrape interval in milliseconds")
            }
        }
    }
}

extension Inventory {
    /// Finds the workload whose pods a ServiceMonitor scrapes: through a Service, or by labels if no Service is found.
    func exporter(scrapedBy monitor: KubernetesObject) -> Workload? {
        for service in services(of: monitor) {
            guard let labels = service.spec?["selector"] else { continue }
            if let found = workload(matching: LabelSelector(labels: labels), in: service.namespace) { return found }
        }
        guard let selector = monitor.spec?["selector"].map({ LabelSelector($0) }), !selector.isEmpty else { return nil }
        let places = monitor.spec?["namespaceSelector"]?["matchNames"]?.texts ?? [monitor.namespace]
        return places.lazy.compactMap { self.workload(matching: selector, in: $0) }.first
    }
}
