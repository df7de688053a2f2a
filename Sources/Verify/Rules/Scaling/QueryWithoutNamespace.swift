import Groundwork

extension Rule {
    static let queryWithoutNamespace = Rule(
        "query-without-namespace", .scaling, .warning,
        why: "without a `namespace` matcher, a selector also matches pods with the same name in other namespaces",
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
                  query: sum(vllm:num_requests_waiting{namespace="a", pod=~"b-.*"})
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
                  query: avg(DCGM_FI_DEV_GPU_UTIL{exported_namespace="a", exported_pod=~"b-.*"})
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting{model_name="b"})
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
                  query: sum(rate(gateway_requests_total{pod=~"gateway-.*"}[2m]))
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups: [{name: a, rules: [{alert: A, expr: 'sum(vllm:num_requests_waiting{pod=~"b-.*"}) > 50'}]}]
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
                  query: sum(↓vllm:num_requests_waiting{pod=~"b-.*"})
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
                  query: avg(↓DCGM_FI_DEV_GPU_UTIL{exported_pod=~"b-.*"}) + sum(↓vllm:num_requests_running{pod="b-0"})
            """,
        ]
    ) { tree, findings in
        for use in tree.queries where use.trigger != nil {
            for part in use.parts.selectors where part.content.isOfReplicas {
                let names = part.content.matchers.map(\.label)
                guard !names.contains("namespace"), !names.contains("exported_namespace"),
                    names.contains("pod") || names.contains("exported_pod")
                else { continue }
                findings.add(
                    "\(use.words) selects pods in every namespace", at: use.place(part.extent),
                    label: "no `namespace` matcher")
            }
        }
    }
}
