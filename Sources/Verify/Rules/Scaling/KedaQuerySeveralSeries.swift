import Groundwork

extension Rule {
    static let kedaQuerySeveralSeries = Rule(
        "keda-query-several-series", .scaling, .warning,
        why:
            "KEDA needs a single value from a query: if it returns several series, KEDA reports an error and nothing scales",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum by (model_name) (vllm:num_requests_waiting{model_name="a"})
              - type: prometheus
                metadata:
                  query: histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m])))
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: model:requests_waiting:sum{model="a"}
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting) or vector(0)
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups: [{name: a, rules: [{alert: A, expr: sum by (pod) (vllm:num_requests_waiting) > 50}]}]
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: ↓vllm:num_requests_waiting{namespace="a"}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: ↓sum by (pod) (vllm:num_requests_waiting)
            """,
        ]
    ) { tree, findings in
        for use in tree.queries where use.trigger != nil {
            guard let query = use.query, query.result.isSingle == false else { continue }
            findings.add(
                "\(use.words) may return several series", at: use.place(query.extent),
                label: "one value for each series or group", help: "aggregate without `by`, as in `sum(…)`")
        }
    }
}
