import Groundwork

extension Rule {
    static let queryThresholdOutOfRange = Rule(
        "query-threshold-out-of-range", .monitoring,
        why:
            "a threshold outside the range of a metric is never reached or always met; percentages and ratios are easily confused",
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
                  expr: avg(DCGM_FI_DEV_GPU_UTIL) > 95
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
                  threshold: "0.8"
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
                  expr: avg(vllm:kv_cache_usage_perc) >= 1
                - alert: B
                  expr: avg(vllm:kv_cache_usage_perc) > 0.99
                - alert: C
                  expr: avg(vllm:kv_cache_usage_perc) * 100 > 80
                - alert: D
                  expr: sum(vllm:kv_cache_usage_perc) > 3
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: DCGM_FI_DEV_FB_USED > 40000}
                - {alert: B, expr: DCGM_FI_DEV_FB_FREE < 500}
            """,
        ],
        rejects: [
            """
            # A percentage of a ratio.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metadata: {query: avg(vllm:kv_cache_usage_perc), threshold: ↓"80"}}
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
                  expr: avg(vllm:kv_cache_usage_perc) > ↓80
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
                  query: avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE)
                  threshold: ↓"70"
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
                  expr: slo:sli_error:ratio_rate5m > ↓(14.4 * 0.1)
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
                  expr: avg(DCGM_FI_DEV_GPU_UTIL) / 100 > ↓90
                - alert: B
                  expr: vllm:kv_cache_usage_perc < ↓5
                - alert: C
                  expr: kube_pod_status_ready{condition="true"} == ↓2
            """,
            """
            # The memory is in MiB.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: DCGM_FI_DEV_FB_USED > ↓95}
                - {alert: B, expr: max by (gpu) (DCGM_FI_DEV_FB_USED) > ↓0.9}
                - {alert: C, expr: DCGM_FI_DEV_FB_USED > ↓40e9}
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            for binary in use.parts.binaries.map(\.content) where binary.operation.isComparison {
                if let metric = binary.left.framebufferMetric, let bound = binary.right.constant,
                    let fault = framebufferFault(bound, binary.operation)
                {
                    findings.add(
                        "\(use.words) compares `\(metric)`, which is in MiB, with \(short(bound))",
                        at: use.place(binary.right.extent), label: fault,
                        help: "divide by used plus free memory to compare with a share")
                    continue
                }
                guard let bound = binary.right.constant, let most = binary.left.result.most else { continue }
                let (never, always): (Bool, Bool)
                switch binary.operation {
                case .above: (never, always) = (bound >= most, false)
                case .atLeast, .equal: (never, always) = (bound > most, false)
                case .below: (never, always) = (false, bound > most)
                case .atMost: (never, always) = (false, bound >= most)
                default: continue
                }
                guard never || always else { continue }
                findings.add(
                    "\(use.words) compares a value of at most \(short(most)) with \(short(bound))",
                    at: use.place(binary.right.extent), label: never ? "never reached" : "always true")
            }
            // `AverageValue` divides a mean by the replicas, which makes it smaller.
            guard let trigger = use.trigger, let most = use.result?.most,
                trigger.writtenMetricType?.text == "Value" || use.result?.nature == .mean,
                let threshold = trigger["metadata"]?["threshold"],
                let target = threshold.text.flatMap({ Double($0) }), target >= most
            else { continue }
            findings.add(
                "\(use.words) is at most \(short(most)), but its threshold is \(threshold.text ?? "")",
                at: threshold.place, label: "never exceeded, so it does not scale out")
        }
    }
}

/// Writes a number with at most four decimals.
private func short(_ number: Double) -> String { PromQL.number((number * 10_000).rounded() / 10_000) }

extension Query {
    /// The metric of frame buffer memory that an expression is a value of.
    fileprivate var framebufferMetric: String? {
        switch content {
        case .selector(let selector):
            let names: [MetricName] = [.framebufferUsed, .framebufferFree]
            return names.map(\.rawValue).first { $0 == selector.name }
        case .aggregation(let aggregation) where ["avg", "max", "min"].contains(aggregation.operation):
            return aggregation.operand.framebufferMetric
        default: return nil
        }
    }
}

/// Says what is wrong with a bound for memory in MiB; nil if nothing is.
private func framebufferFault(_ bound: Double, _ operation: Query.Operator) -> String? {
    guard operation == .above || operation == .atLeast else { return nil }
    let largest = Catalog.gpus.map(\.memoryMiB).max() ?? 0
    if bound > Double(largest) { return "no GPU has that much: never reached" }
    return bound > 0.01 && bound <= 100
        ? "reads as a percentage, and is reached as soon as a process uses the GPU" : nil
}
