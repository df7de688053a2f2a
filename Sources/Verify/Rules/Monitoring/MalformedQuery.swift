import Groundwork

extension Rule {
    static let malformedQuery = Rule(
        "malformed-query", .monitoring,
        why: "a query that Prometheus cannot read gives no value: the alert never fires, the scaler never scales",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum by (pod) (rate(a_total{b=~'c|d'}[5m] offset 1h)) > bool 2
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
                rules:
                - alert: A
                  expr: sum(rate(a_total[5m])↓
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: ↓rtae(a_total[5m]) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(↓rate(a_total)) > 1
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            guard let error = use.error else { continue }
            findings.add(
                "\(use.words) is no PromQL: \(error.message)", at: use.place(error.extent),
                label: "reading stopped here", help: error.help)
        }
    }
}
