import Groundwork

extension Rule {
    static let prometheusSelectsNoMonitor = Rule(
        "prometheus-selects-no-monitor", .monitoring, inPartialTree: .warn,
        why: "a Prometheus loads only the monitors and rules that its selectors match",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: p}
            spec:
              serviceMonitorSelector: {matchLabels: {release: p}}
              ruleSelector: {}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, labels: {release: p}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: p}
            spec:
              serviceMonitorSelector: {matchLabels: {release: p}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: q}
            spec:
              serviceMonitorSelector: {matchExpressions: [{key: team, operator: In, values: [ai, ml]}]}
              ruleSelector: {matchExpressions: [{key: role, operator: NotIn, values: [draft]}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, labels: {team: ai}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: Alertmanager
            metadata: {name: a}
            spec: {alertmanagerConfigSelector: {matchLabels: {release: p}}}
            """,
            """
            # A ThanosRuler evaluates rules, and `{}` selects all namespaces.
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: a, namespace: monitoring}
            spec: {serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {}, ruleSelector: {matchLabels: {role: a}}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ThanosRuler
            metadata: {name: a, namespace: monitoring}
            spec: {ruleSelector: {matchLabels: {role: b}}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a, namespace: monitoring, labels: {role: b}}
            spec: {groups: []}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, namespace: models}
            spec: {selector: {}, endpoints: [{port: http}]}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: p}
            spec:
              serviceMonitorSelector: {matchLabels: {release: p}}
              ruleSelector: {}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: ↓a, labels: {app: a}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: p}
            spec:
              serviceMonitorSelector: {}
              ruleSelector: {matchExpressions: [{key: role, operator: In, values: [alerts]}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: ↓a}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: ↓a, labels: {role: Alerts}}
            """,
            """
            # Without a selector of namespaces, a Prometheus looks only into its own.
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: a, namespace: monitoring}
            spec: {serviceMonitorSelector: {}, podMonitorSelector: {}}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a, namespace: ↓models}
            spec: {selector: {}, endpoints: [{port: http}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: a, namespace: monitoring}
            spec: {selector: {}, podMetricsEndpoints: [{port: http}]}
            """,
        ]
    ) { tree, findings in
        let group = "monitoring.coreos.com"
        let prometheuses = tree.objects(.prometheus)
        guard !prometheuses.isEmpty else { return }
        let scrapers = prometheuses + tree.objects(ObjectKind(group, "PrometheusAgent"))
        let evaluators = prometheuses + tree.objects(ObjectKind(group, "ThanosRuler"))
        let kinds: [(ObjectKind, String, [KubernetesObject])] = [
            (.serviceMonitor, "serviceMonitor", scrapers), (.podMonitor, "podMonitor", scrapers),
            (.prometheusRule, "rule", evaluators),
        ]
        for (kind, prefix, servers) in kinds {
            let (field, places) = ("\(prefix)Selector", "\(prefix)NamespaceSelector")
            for object in tree.objects(kind) {
                let servers = servers.filter { tree.areTogether($0, object) }
                if servers.isEmpty { continue }
                let labels = Labels(object.root["metadata"]?["labels"])
                let matching = servers.filter { $0.spec?[field].map { LabelSelector($0).matches(labels) } ?? false }
                // Without a selector of namespaces, a Prometheus looks only into its own.
                if matching.contains(where: { $0.namespace == object.namespace || $0.spec?[places] != nil }) {
                    continue
                }
                if let server = matching.first, object.root["metadata"]?["namespace"] != nil || !server.isInDefault {
                    findings.add(
                        "\(object.words) is in namespace `\(object.namespace)`, where \(server.words) does not look",
                        at: (object.root["metadata"]?["namespace"] ?? object.root["metadata"]?["name"] ?? object.root)
                            .place,
                        label: "\(server.words) has no `\(places)`",
                        notes: [server.note("it selects only objects of its own namespace, `\(server.namespace)`")],
                        help: "set `\(places): {}` to look into all namespaces")
                    continue
                }
                if !matching.isEmpty { continue }
                findings.add(
                    "no Prometheus in the tree selects \(object.words)", at: object.place,
                    label: "does not match `\(field)`",
                    notes: servers.prefix(1).map {
                        .init("the selector is here", at: $0.spec?.keyPlace(field) ?? $0.place)
                    })
            }
        }
    }
}

extension KubernetesObject {
    /// Whether its namespace is not written.
    fileprivate var isInDefault: Bool { root["metadata"]?["namespace"] == nil }
}
