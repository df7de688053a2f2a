import Groundwork

extension Rule {
    static let alertWithoutSeverityOrSummary = Rule(
        "alert-without-severity-or-summary", .monitoring, inPartialTree: .warn,
        why:
            "Alertmanager cannot route an alert by severity if it has no `severity` label, and without a `summary` annotation the notification does not say what is wrong",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {record: a, expr: up}
                - {alert: B, expr: up == 0, labels: {severity: critical}, annotations: {summary: b}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: up == 0, labels: {severity: page}, annotations: {summary: "{{ $labels.pod }}"}}
                - alert: B
                  expr: up == 0
                  labels: {severity: "{{ $labels.tier }}", team: ai}
                  annotations: {summary: b, description: c}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {record: 'a:up', expr: up, labels: {team: ai}}
                - {alert: Watchdog, expr: vector(1), labels: {severity: none}, annotations: {summary: always fires}}
            """,
            """
            # Since Prometheus 3, a group has labels for all of its rules.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                labels: {severity: warning}
                rules: [{alert: A, expr: up == 0, annotations: {summary: a}}]
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
                - {alert: ↓A, expr: up == 0, annotations: {summary: b}}
                - {alert: ↓B, expr: up, labels: {severity: page}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: ↓A, expr: up == 0, labels: {priority: P1}, annotations: {message: a, description: b}}
                - {alert: ↓B, expr: up == 0, labels: {Severity: warning}, annotations: {summary: b}}
                - {alert: ↓C, expr: up == 0}
            """,
        ]
    ) { tree, findings in
        for (object, _) in tree.monitoringRules {
            let groups = object.spec?["groups"]?.items ?? []
            for (group, rule) in groups.flatMap({ group in group.items(of: "rules").map { (group, $0) } }) {
                guard let alert = rule["alert"] else { continue }
                var lacks: [String] = []
                // Since Prometheus 3, a group has labels for all of its rules.
                if rule["labels"]?["severity"] == nil, group["labels"]?["severity"] == nil {
                    lacks.append("no `severity` label")
                }
                if rule["annotations"]?["summary"] == nil { lacks.append("no `summary` annotation") }
                if lacks.isEmpty { continue }
                findings.add(
                    "alert `\(alert.text ?? "")` of \(object.words) has \(lacks.joined(separator: " and "))",
                    at: alert.place,
                    label: "incomplete alert")
            }
        }
    }
}
