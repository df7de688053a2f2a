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
        ]
    ) { tree, findings in
        let servers = tree.objects(ObjectKind("monitoring.coreos.com", "Prometheus"))
        guard !servers.isEmpty else { return }
        let kinds: [(ObjectKind, String)] = [
            (.serviceMonitor, "serviceMonitorSelector"), (.podMonitor, "podMonitorSelector"),
            (.prometheusRule, "ruleSelector"),
        ]
        for (kind, field) in kinds {
            let selectors = servers.compactMap { $0.spec?[field].map { LabelSelector($0) } }
            for object in tree.objects(kind) {
                let labels = Labels(object.root["metadata"]?["labels"])
                if selectors.contains(where: { $0.matches(labels) }) { continue }
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
