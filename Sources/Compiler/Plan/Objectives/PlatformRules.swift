/// The rules of the platform: GPU health, the exporter, pools near their limits, pods that wait, and the rate of spending.
func platformRules(_ spec: ClusterSpec, _ pools: [PoolPlan], _ money: MoneyPlan) -> [RuleGroup] {
    let namespace = spec.platform.namespace.value
    var rules = gpuHealth()
    rules += pools.filter { $0.staticNodes == nil }.map(nearLimit)
    if spec.platform.monitoring.kubeStateMetrics.value { rules.append(waiting(namespace, money)) }
    let scaled = spec.models.filter { $0.scaling.by.value == .keda }
    if !scaled.isEmpty { rules.append(scalerErrors(scaled.map(\.name.value))) }
    if let spending = spending(spec, pools) { rules.append(spending) }
    return [RuleGroup(name: "stowage-platform", rules: rules)]
}

private var hold: Traced<Int> { Traced<Double>.threshold(Thresholds.warningHold).map { Int($0) } }

private func gpuHealth() -> [PrometheusRule] {
    let hot = Traced<Double>.threshold(Thresholds.hottestGPU)
    let temperature = PromQL.select(Metrics.gpuTemperature, [])
    let sentinel = PromQL.number(Thresholds.sentinelTemperature.value)
    return [
        .alert(
            "GPUTemperatureHigh",
            hot.map { "max by (Hostname, gpu) (\(temperature) < \(sentinel)) > \(PromQL.number($0))" }, hold: hold,
            severity: "warning", summary: "GPU {{ $labels.gpu }} of {{ $labels.Hostname }} is hot",
            description: "At {{ $value }} °C it will slow down soon, and latency targets with it.",
            runbook: "Replace the node: delete its NodeClaim, Karpenter starts another."),
        .alert(
            "GPUXidError",
            Traced(
                "max by (Hostname, gpu) (\(PromQL.select(Metrics.xidErrors, []))) > 0",
                .convention("the metric holds the last XID code, not a count: zero is none")),
            hold: nil, severity: "critical",
            summary: "GPU {{ $labels.gpu }} of {{ $labels.Hostname }} reports XID {{ $value }}",
            description:
                "The driver met an error; codes 48, 63, 64, 74, 79, 94 and 95 mean that the GPU is not to be trusted.",
            runbook: "Look the code up in NVIDIA's XID list; for those codes delete the NodeClaim."),
        .alert(
            "GPUMetricsAbsent",
            Traced("absent(\(PromQL.select(Metrics.gpuUtilization, [])))", .convention("no exporter is heard of")),
            hold: hold, severity: "warning", summary: "no GPU reports metrics",
            description: "The DCGM exporter runs nowhere, or Prometheus does not scrape it.",
            runbook: "See the DaemonSet dcgm-exporter and its target in Prometheus."),
    ]
}

private func nearLimit(_ pool: PoolPlan) -> PrometheusRule {
    let which: [PromQL.Matcher] = [
        .equals("nodepool", pool.name.value),
        .equals("resource_type", pool.layout == .whole ? "nvidia.com/gpu" : "nodes"),
    ]
    let usage = PromQL.sum(PromQL.select(Metrics.poolUsage, which))
    let limit = PromQL.sum(PromQL.select(Metrics.poolLimit, which))
    return .alert(
        "NodePoolNearLimit",
        Traced<Double>.threshold(Thresholds.poolNearLimit).map { "\(usage) / \(limit) > \(PromQL.number($0))" },
        hold: hold, severity: pool.role == .primary ? "info" : "warning", labels: [("nodepool", pool.name.value)],
        summary: "\(pool.name.value) has started almost all its GPUs",
        description:
            "The pool is limited to \(pool.gpus.value) GPUs. A primary pool is full in normal work; an elastic one is not.",
        runbook: "Raise replicas.max of the model that grew, or its budget, and compile again.")
}

private func waiting(_ namespace: String, _ money: MoneyPlan) -> PrometheusRule {
    let pending = PromQL.select(Metrics.podPhase, [.equals("namespace", namespace), .equals("phase", "Pending")])
    return .alert(
        "ModelPodsPending", money.slowestColdStart.map { _ in "sum by (pod) (\(pending)) > 0" },
        hold: derive(
            "startup patience × slowest cold start", ("cold start, s", money.slowestColdStart),
            ("patience", .threshold(Thresholds.startupPatience))
        ) {
            Int(Double($0) * $1)
        },
        severity: "warning", summary: "{{ $labels.pod }} waits for a GPU",
        description:
            "The pod is pending for longer than a node and a model take to start: no pool can serve it, or EC2 has none.",
        runbook:
            "Read the pod's events; compare the pools' usage with their limits; ask EC2 for the vCPU quota in PLAN.md.")
}

private func scalerErrors(_ models: [String]) -> PrometheusRule {
    let names = "(\(models.joined(separator: "|")))(-surge)?"
    let errors = PromQL.rate(Metrics.scalerErrors, [.matches("scaledObject", names)], "5m")
    return .alert(
        "ScalerErrors",
        Traced("sum by (scaledObject) (\(errors)) > 0", .convention("KEDA counts the failures of each scaler")),
        hold: hold, severity: "warning", summary: "KEDA fails to read the metrics of {{ $labels.scaledObject }}",
        description: "While it fails the fallback keeps replicas where they are.",
        runbook: "Run the ScaledObject's query in Prometheus; see the operator's log.")
}

/// The rate of spending, from the GPUs that Karpenter has started and the plan's prices, against the budget.
private func spending(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> PrometheusRule? {
    guard let budget = spec.budget else { return nil }
    let terms = pools.filter { $0.layout == .whole && $0.staticNodes == nil }.map { pool -> String in
        let perGPU = pool.worstPerHour.value / Double(max(1, pool.gpus.value))
        let which: [PromQL.Matcher] = [
            .equals("nodepool", pool.name.value), .equals("resource_type", "nvidia.com/gpu"),
        ]
        return
            "\(PromQL.number(rounded(perGPU, decimals: 4))) * (\(PromQL.sum(PromQL.select(Metrics.poolUsage, which))) or vector(0))"
    }
    guard !terms.isEmpty else { return nil }
    return .alert(
        "SpendAboveBudget",
        derive(
            "Σ $/GPU/h × GPUs started > budget ÷ hours of the longest month", ("budget, $/month", budget.limit),
            ("hours", .threshold(Thresholds.hoursWorst))
        ) {
            "\(terms.joined(separator: "\n+ ")) > \(PromQL.number(rounded($0 / $1, decimals: 2)))"
        },
        hold: hold, severity: "critical", summary: "GPUs cost more per hour than the budget allows",
        description: "Kept up for a month the cluster would cost more than the spec's budget.",
        runbook: "Compare NodeClaims with the limits in PLAN.md; nodes outside the plan are the first to look at.")
}
