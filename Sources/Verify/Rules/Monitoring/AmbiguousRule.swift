import Groundwork

extension Rule {
    static let ambiguousRule = Rule(
        "ambiguous-rule", .monitoring,
        why: "a Prometheus rule either records or alerts; with both or neither, its whole group is not loaded",
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
            """
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
            """
        ]
    ) { tree, findings in
        for (object, rules) in tree.monitoringRules {
            for rule in rules {
                let (records, alerts) = (rule["record"] != nil, rule["alert"] != nil)
                guard records == alerts else { continue }
                let names = records ? "both `record` and `alert`" : "neither `record` nor `alert`"
                findings.add(
                    "a rule of \(object.words) has \(names)",
                    at: rule.keyPlace(records ? "alert" : "expr"), label: records ? "beside `record`" : "gives no name")
            }
        }
    }
}
