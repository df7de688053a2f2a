import Groundwork

extension Rule {
    static let servicemonitorSelectsNoService = Rule(
        "servicemonitor-selects-no-service", .monitoring, inPartialTree: .warnOnEvidence,
        why:
            "a ServiceMonitor finds its targets through Services; without a matching Service, nothing is scraped and no alert fires",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, namespace: monitoring}
            spec:
              namespaceSelector: {matchNames: [ai]}
              selector: {matchLabels: {app: a}}
              endpoints: [{port: http}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai, labels: {app: a}}
            spec:
              ports: [{name: http, port: 80}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, namespace: monitoring}
            spec:
              namespaceSelector: {any: true}
              selector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]}
              endpoints: [{port: http}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai, labels: {app: b, role: c}}
            spec: {clusterIP: None, ports: [{name: http, port: 80}]}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: a}
            spec: {selector: {matchLabels: {app: a}}, podMetricsEndpoints: [{port: http}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: all}
            spec: {selector: {}, endpoints: [{port: http}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b}
            spec: {ports: [{name: http, port: 80}]}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, namespace: monitoring}
            spec:
              ↓selector: {matchLabels: {app: a}}
              endpoints: [{port: http}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai, labels: {app: a}}
            spec:
              ports: [{name: http, port: 80}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              namespaceSelector: {any: true}
              ↓selector: {matchLabels: {app: a}}
              endpoints: [{port: http}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: b}}
            spec:
              ports: [{name: http, port: 80}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {↓selector: {matchLabels: {app: a}}, endpoints: [{port: http}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {selector: {app: a}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, labels: {app: a}}
            spec: {template: {metadata: {labels: {app: a}}, spec: {}}}
            """,
            """
            # A Service has its name, and other labels.
            apiVersion: v1
            kind: Service
            metadata: {name: exporter, labels: {app.kubernetes.io/name: exporter}}
            spec: {ports: [{name: metrics, port: 9400}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: exporter}
            spec: {↓selector: {matchLabels: {app: exporter}}, endpoints: [{port: metrics}]}
            """,
        ]
    ) { tree, findings in
        for monitor in tree.objects(.serviceMonitor) where tree.services(of: monitor).isEmpty {
            findings.add(
                "\(monitor.words) selects no Service", at: monitor.spec?.keyPlace("selector") ?? monitor.place,
                label: "no Service in the selected namespaces has these labels",
                notes: tree.strayService(of: monitor).map {
                    [$0.note("\($0.words) has these labels but is in namespace `\($0.namespace)`")]
                } ?? tree.namesake(of: monitor).map {
                    [$0.note("\($0.words) has other labels")]
                } ?? tree.pods(of: monitor).map {
                    [
                        $0.object.note(
                            "the pods of \($0.object.words) have these labels, but a ServiceMonitor selects Services")
                    ]
                } ?? [],
                evidence: tree.strayService(of: monitor) != nil || tree.pods(of: monitor) != nil
                    || tree.namesake(of: monitor) != nil)
        }
    }
}

extension Inventory {
    /// Finds the Service beside a monitor that has its name, but not the labels that it selects.
    fileprivate func namesake(of monitor: KubernetesObject) -> KubernetesObject? {
        let places = monitor.spec?["namespaceSelector"]?["matchNames"]?.texts ?? [monitor.namespace]
        return places.lazy.compactMap { self.object(.service, monitor.name, in: $0) }.first
    }

    /// Finds a workload whose pods have the labels by which a ServiceMonitor selects Services.
    fileprivate func pods(of monitor: KubernetesObject) -> Workload? {
        guard let selector = monitor.spec?["selector"].map({ LabelSelector($0) }), !selector.isEmpty else { return nil }
        let places = monitor.spec?["namespaceSelector"]?["matchNames"]?.texts ?? [monitor.namespace]
        return places.lazy.compactMap { workload(matching: selector, in: $0) }.first
    }
}
