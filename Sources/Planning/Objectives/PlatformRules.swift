import Groundwork

/// The rules of the platform: GPU health, missing metrics, pools near their limits, pending pods, and the rate of spending.
func platformRules(_ spec: ClusterSpec, _ models: [ModelPlan], _ pools: [PoolPlan], _ money: MoneyPlan) -> [RuleGroup] {
    var rules = gpuRules(pools, spec.platform.exporterRelease)
    rules += poolRules(spec, models, pools, money)
    rules += reservationRules(pools)
    let scaled = models.flatMap(\.deployments).compactMap(\.scaler).filter { $0.autoscaler == .keda }
    if !scaled.isEmpty { rules.append(scalerErrors(scaled.map(\.name.value))) }
    if spec.platform.monitoring.kubeStateMetrics.value {
        let namespaces = namespaces(of: models.map(\.placement))
        rules += namespaces.map { uncounted($0.value, isOnly: namespaces.count == 1) }
    }
    if let spending = spending(spec, pools) { rules.append(spending) }
    return linked([RuleGroup(name: "stowage-platform", rules: rules)], spec)
}

/// How long a fault of the platform must last before its alert fires.
var platformForDuration: Reasoned { Thresholds.warningForDuration.reasoned }

private func scalerErrors(_ names: [String]) -> PrometheusRule {
    let errors = PromQL.rate(.scalerErrors, [.matches("scaledObject", names.joined(separator: "|"))], "5m")
    return .alert(
        "ScalerErrors",
        Traced("sum by (scaledObject) (\(errors)) > 0", .convention("KEDA counts the failures of each scaler")),
        forDuration: platformForDuration, severity: "warning",
        summary: "KEDA cannot read the metrics of {{ $labels.scaledObject }}",
        description: "Until it can, the fallback applies: replicas may grow up to the fallback, and do not shrink.",
        runbook: "Run the ScaledObject's query in Prometheus, then read the log of the KEDA operator.")
}

/// Without kube-state-metrics, alerts that count replicas cannot fire, and the dead band of a query has no effect.
private func uncounted(_ namespace: String, isOnly: Bool) -> PrometheusRule {
    let replicas = PromQL.select(.deploymentReplicas, [.equals("namespace", namespace)])
    return .alert(
        "StateMetricsAbsent",
        Traced("absent(\(replicas))", .convention("alerts on replicas need kube-state-metrics")),
        forDuration: platformForDuration, severity: "warning", labels: isOnly ? [] : [("namespace", namespace)],
        summary: "no replica counts for namespace \(namespace)",
        description:
            "kube-state-metrics is not running, or Prometheus does not scrape it: alerts on load and replicas cannot fire.",
        runbook: "Check the pods of kube-state-metrics and its target in Prometheus.")
}

/// Compares the rate of spending, from the nodes that Karpenter runs, with the budget: without Karpenter the rate is fixed.
private func spending(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> PrometheusRule? {
    guard let budget = spec.budget, pools.contains(where: { $0.group == nil }) else { return nil }
    let tooMuch: ReasonedText = "\(spendRate(pools)) > \(hourlyBudget(budget))"
    return .alert(
        "SpendAboveBudget", tooMuch.because("the nodes that run cost more per hour than the budget allows"),
        forDuration: platformForDuration, severity: "critical",
        summary: "GPU nodes cost more per hour than the budget allows",
        description: "If this continues for a month, the cluster costs more than the budget in the spec.",
        runbook: "Compare NodeClaims with the limits in PLAN.md; look at nodes outside the plan first.")
}

/// Computes the dollars per hour that add up to the budget in the longest month.
func hourlyBudget(_ budget: BudgetSpec) -> Reasoned {
    (budget.limit.named("budget", "$/month") / Thresholds.hoursWorst.reasoned).rounded(2)
        .named("budget per hour", "$/h")
}

/// Dollars per hour of the nodes that Karpenter runs, plus node groups at full size, since no metric counts their nodes.
func spendRate(_ pools: [PoolPlan]) -> ReasonedText {
    pools.map { pool -> ReasonedText in
        let name = pool.name.value
        let full = pool.size.worstPerHour.named("worst-case cost of \(name) per hour", "$/h")
        if pool.group != nil { return "vector(\(full))" }
        // Karpenter counts whole GPUs only; the types of one pool may have different numbers of them.
        let byGPU = pool.sharing.layout == .whole && pool.size.staticNodes == nil
        let (units, unit) =
            byGPU
            ? (pool.size.gpus.named("GPUs of \(name)", "GPUs"), "GPU")
            : ((pool.size.staticNodes ?? pool.size.nodes).named("nodes of \(name)", "nodes"), "node")
        let price = (full / .maximum(1, units)).rounded(4).named("price of a \(unit) of \(name)", "$/h")
        let which: [PromQL.Matcher] = [
            .equals("nodepool", name), .equals("resource_type", byGPU ? "nvidia.com/gpu" : "nodes"),
        ]
        return "\(price) * (\(PromQL.sum(PromQL.select(.poolUsage, which))) or vector(0))"
    }.joined(separator: "\n+ ")
}
