import Groundwork

extension Rule {
    static let prometheusruleRecordAndAlert = Rule(
        "prometheusrule-record-and-alert", .monitoring,
        why:
            "a Prometheus rule must have either `record` or `alert`; with both or neither, its whole group is not loaded",
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
                - {record: 'a:alerts', expr: ALERTS, labels: {alert: b}}
                - {alert: A, expr: up == 0, labels: {record: b}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - {name: empty}
              - name: a
                rules: [{alert: A, expr: up == 0, for: 5m, keep_firing_for: 5m}]
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
                rules: [{record: a, ↓alert: B, expr: up}, {↓expr: up}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - ↓expr: up == 0
                  labels: {alertname: A}
                - alerts: A
                  ↓expr: up == 0
                - record: a
                  expr: up
                  for: 5m
                  ↓alert: A
            """,
        ]
    ) { tree, findings in
        for (object, rules) in tree.monitoringRules {
            for rule in rules {
                let (records, alerts) = (rule["record"] != nil, rule["alert"] != nil)
                guard records == alerts else { continue }
                let names = records ? "both `record` and `alert`" : "neither `record` nor `alert`"
                findings.add(
                    "a rule of \(object.words) has \(names)",
                    at: rule.keyPlace(records ? "alert" : "expr"),
                    label: records ? "conflicts with `record`" : "the rule has no name")
            }
        }
    }
}
