import Groundwork

extension Rule {
    static let querySyntaxError = Rule(
        "query-syntax-error", .monitoring,
        why: "Prometheus cannot evaluate an invalid query: the alert never fires, and the autoscaler never scales",
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
                  expr: a / on (pod) group_left (node) b > 1 # of each node
                - alert: B
                  expr: max_over_time(rate(a_total[5m])[1h:30s] @ end()) > 1e3
                - alert: C
                  expr: histogram_quantile(0.99, sum by (le,) (rate(a_bucket{job=~`a|b`,}[1h30m]))) > 0x1F
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
                  expr: absent_over_time({__name__="a", "b.c"="d"}[10m])
                - alert: B
                  expr: |
                    (a offset -5m)
                      unless on ()
                    (b or vector(0)) > bool 2
                - alert: C
                  expr: label_replace(a, "node", "$1", "instance", "(.*):.*") == -Inf
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
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: a{job↓=="b"}
                - alert: B
                  expr: a{job="b" ↓pod="c"}
                - alert: C
                  expr: a > 1 ↓&& b > 1
                - alert: D
                  expr: a ↓= 1
                - alert: E
                  expr: sum by (a) ↓rate(b_total[5m]) > 1
                - alert: F
                  expr: ↓avg(a, b) > 1
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            guard let error = use.error else { continue }
            findings.add(
                "\(use.words) is not valid PromQL: \(error.message)", at: use.place(error.extent),
                label: "parsing stopped here", help: error.help)
        }
    }
}
