import Groundwork

extension Rule {
    static let queryCounterWithoutRate = Rule(
        "query-counter-without-rate", .monitoring, .warning,
        why: "a counter only increases, so a comparison with its raw value depends on how long the process has run",
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
                  expr: sum(rate(vllm:num_preemptions_total[5m])) > 1
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
                  expr: absent(vllm:request_success_total)
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
                  expr: vllm:num_preemptions_total - vllm:num_preemptions_total offset 1h > 100
                - alert: B
                  expr: changes(vllm:request_success_total[10m]) == 0 and vllm:num_requests_running > 0
                - alert: C
                  expr: vllm:num_requests_running > 100
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
                  query: sum(increase(vllm:request_success_total[5m]))
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: count(vllm:request_success_total) < 2
                - alert: B
                  expr: absent_over_time(vllm:prompt_tokens_total[5m])
            """,
            """
            # Whether a counter increased.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: karpenter_nodeclaims_created_total > karpenter_nodeclaims_created_total offset 5m}
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
                  expr: sum(↓vllm:num_preemptions_total) > 100
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
                  query: sum(↓vllm:request_success_total)
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - record: a
                  expr: ↓vllm:generation_tokens_total / 60
                - alert: B
                  expr: ↓vllm:time_to_first_token_seconds_count > 1000
            """,
        ]
    ) { tree, findings in
        let takers: Set = [
            "absent", "timestamp", "present_over_time", "absent_over_time", "changes", "count_over_time", "delta",
            "idelta", "last_over_time", "max_over_time", "min_over_time", "deriv", "ts_of_last_over_time",
        ]
        for use in tree.queries {
            for part in use.parts.selectors {
                let selector = part.content
                guard let query = use.query, let metric = selector.metric, metric.kind != .gauge else { continue }
                let isTaken = query.around(part.extent).contains { outer in
                    switch outer.content {
                    case .call(let name, _): QueryWords.ofCounters.contains(name) || takers.contains(name)
                    case .aggregation(let aggregation):
                        aggregation.operation == "count" || aggregation.operation == "group"
                    case .binary(let binary):
                        binary.operation.isSetOperation
                            // The increase of a counter, or whether it increased.
                            || (binary.operation == .minus || binary.operation.isComparison)
                                && [binary.left, binary.right].allSatisfy { side in
                                    side.selectors.contains { $0.content.name == selector.name }
                                }
                    default: false
                    }
                }
                if isTaken { continue }
                findings.add(
                    "\(use.words) uses the raw value of the counter `\(selector.name ?? "")`",
                    at: use.place(part.extent),
                    label: "only increases", help: "use `rate(…[5m])` to get its rate of increase")
            }
        }
    }
}
