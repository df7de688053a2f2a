import Groundwork

extension Rule {
    static let alertBelowScalingTarget = Rule(
        "alert-below-scaling-target", .scaling, .warning,
        why: "an alert at or below the autoscaler's target fires in normal operation",
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
            """,
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
                  query: avg(vllm:kv_cache_usage_perc{model_name="a"})
                  threshold: "0.7"
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: OtherModel
                  expr: avg(vllm:kv_cache_usage_perc{model_name="b"}) > 0.6
                - alert: Idle
                  expr: avg(vllm:kv_cache_usage_perc{model_name="a"}) < 0.1
                - record: kv_cache:high
                  expr: avg(vllm:kv_cache_usage_perc{model_name="a"}) > 0.6
            """,
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
                  expr: avg(vllm:kv_cache_usage_perc) >= 0.71
                - alert: B
                  expr: avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE) > 0.6
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
            """,
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
                  query: avg(DCGM_FI_DEV_GPU_UTIL)
                  threshold: "80"
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: max(DCGM_FI_DEV_GPU_UTIL) >= ↓80
            """,
        ]
    ) { tree, findings in
        let means = tree.queries.compactMap { use -> (scaled: Inventory.QueryUse, selector: Query.Selector)? in
            guard use.trigger != nil, use.parts.selectors.count == 1, use.result?.nature == .mean else { return nil }
            return (use, use.parts.selectors[0].content)
        }
        if means.isEmpty { return }
        let ceilings = Dictionary(grouping: tree.queries.compactMap { Ceiling($0) }) { SelectedSeries($0.selector) }
        for (scaled, selector) in means {
            guard let threshold = scaled.trigger?["metadata"]?["threshold"],
                let target = threshold.text.flatMap({ Double($0) })
            else { continue }
            for alert in ceilings[SelectedSeries(selector)] ?? [] where alert.bound <= target {
                findings.add(
                    "\(alert.use.words) fires at \(PromQL.number(alert.bound)), but \(scaled.object.words) scales to a target of \(threshold.text ?? "")",
                    at: alert.use.place(alert.extent), label: "must be above the scaling target",
                    notes: [.init("the target is here", at: threshold.place)])
            }
        }
    }
}

/// A metric of one model.
private struct SelectedSeries: Hashable {
    let metric: String?
    let model: String?

    init(_ selector: Query.Selector) {
        metric = selector.name
        model = selector.matcher("model_name")?.value
    }
}

/// An alert that fires above a threshold.
private struct Ceiling {
    let use: Inventory.QueryUse
    let selector: Query.Selector
    let bound: Double
    let extent: Range<Int>

    /// Reads a query as such an alert; nil if it is not one.
    init?(_ use: Inventory.QueryUse) {
        guard use.alert != nil, case .binary(let binary)? = use.query?.content,
            binary.operation == .above || binary.operation == .atLeast, let bound = binary.right.constant,
            case .aggregation(let aggregation) = binary.left.content,
            case .selector(let selector) = aggregation.operand.content, selector.name != nil
        else { return nil }
        self.use = use
        self.selector = selector
        self.bound = bound
        extent = binary.right.extent
    }
}
