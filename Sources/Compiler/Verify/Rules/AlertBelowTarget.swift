extension Rule {
    static let alertBelowTarget = Rule(
        "alert-below-target", .scaling, .warning,
        why: "an alert below the target of the scaler fires while everything is as it should be",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metricType: Value
                metadata:
                  query: avg(vllm:kv_cache_usage_perc)
                  threshold: "0.7"
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(vllm:kv_cache_usage_perc) > 0.9
            """
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
                metricType: Value
                metadata:
                  query: avg(vllm:kv_cache_usage_perc)
                  threshold: "0.7"
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(vllm:kv_cache_usage_perc) > ↓0.6
            """
        ]
    ) { tree, findings in
        for scaled in tree.queries {
            guard let trigger = scaled.trigger, let query = scaled.query, query.selectors.count == 1,
                query.shape.nature == .mean, let name = query.selectors[0].selector.name,
                let threshold = trigger["metadata"]?["threshold"], let target = threshold.text.flatMap({ Double($0) })
            else { continue }
            for use in tree.queries where use.alert != nil {
                guard let alert = use.query, case .binary(let binary) = alert.content,
                    binary.operation == ">" || binary.operation == ">=", let bound = binary.right.constant,
                    bound <= target,
                    case .aggregation(let aggregation) = binary.left.content,
                    case .selector(let selector) = aggregation.operand.content, selector.name == name,
                    selector.matcher("model_name")?.value == query.selectors[0].selector.matcher("model_name")?.value
                else { continue }
                findings.add(
                    "\(use.words) fires at \(PromQL.number(bound)), and \(scaled.object.words) aims at \(threshold.text ?? "")",
                    at: use.place(binary.right.extent), label: "not above the target",
                    notes: [.init("the target is here", at: threshold.place)])
            }
        }
    }
}
