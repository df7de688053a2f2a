import Groundwork

/// The rules of the platform: GPU health, what is not heard of, pools near their limits, pods that wait, and the rate of spending.
func platformRules(_ spec: ClusterSpec, _ models: [ModelPlan], _ pools: [PoolPlan], _ money: MoneyPlan) -> [RuleGroup] {
    var rules = gpuRules(pools)
    rules += poolRules(spec, models, pools, money)
    rules += reservationRules(pools)
    let scaled = models.flatMap(\.deployments).compactMap(\.scaler).filter { $0.autoscaler == .keda }
    if !scaled.isEmpty { rules.append(scalerErrors(scaled.map(\.name.value))) }
    if spec.platform.monitoring.kubeStateMetrics.value { rules.append(uncounted(spec.platform.namespace.value)) }
    if let spending = spending(spec, pools) { rules.append(spending) }
    return linked([RuleGroup(name: "stowage-platform", rules: rules)], spec)
}

/// How long a fault of the platform lasts before anybody is told.
var platformHold: Reasoned { Thresholds.warningHold.reasoned }

private func scalerErrors(_ names: [String]) -> PrometheusRule {
    let errors = PromQL.rate(.scalerErrors, [.matches("scaledObject", names.joined(separator: "|"))], "5m")
    return .alert(
        "ScalerErrors",
        Traced("sum by (scaledObject) (\(errors)) > 0", .convention("KEDA counts the failures of each scaler")),
        hold: platformHold, severity: "warning",
        summary: "KEDA fails to read the metrics of {{ $labels.scaledObject }}",
        description: "While it fails the fallback holds: replicas may grow to it, and do not shrink.",
        runbook: "Run the ScaledObject's query in Prometheus; see the operator's log.")
}

/// Without kube-state-metrics the alerts that count replicas are silent, and so is the dead band of a query.
private func uncounted(_ namespace: String) -> PrometheusRule {
    let replicas = PromQL.select(.deploymentReplicas, [.equals("namespace", namespace)])
    return .alert(
        "StateMetricsAbsent",
        Traced("absent(\(replicas))", .convention("alerts on replicas need somebody who counts them")),
        hold: platformHold, severity: "warning", summary: "nobody counts the replicas of \(namespace)",
        description:
            "kube-state-metrics does not run, or Prometheus does not scrape it: alerts on load and replicas are silent.",
        runbook: "See the pods of kube-state-metrics and its target in Prometheus.")
}

/// The rate of spending, from what Karpenter has started and the plan's prices, against the budget: without Karpenter it is fixed.
private func spending(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> PrometheusRule? {
    guard let budget = spec.budget, pools.contains(where: { $0.group == nil }) else { return nil }
    let tooMuch: ReasonedText = "\(spendRate(pools)) > \(hourlyBudget(budget))"
    return .alert(
        "SpendAboveBudget", tooMuch.because("what runs costs more per hour than the budget has for one"),
        hold: platformHold, severity: "critical", summary: "GPU nodes cost more per hour than the budget allows",
        description: "Kept up for a month the cluster would cost more than the spec's budget.",
        runbook: "Compare NodeClaims with the limits in PLAN.md; nodes outside the plan are the first to look at.")
}

/// Computes the dollars per hour that add up to the budget in the longest month.
func hourlyBudget(_ budget: BudgetSpec) -> Reasoned {
    (budget.limit.named("budget", "$/month") / Thresholds.hoursWorst.reasoned).rounded(2)
        .named("budget per hour", "$/h")
}

/// Dollars per hour, from what Karpenter has started and the plan's prices; node groups, of which no metric tells, at full size.
func spendRate(_ pools: [PoolPlan]) -> ReasonedText {
    pools.map { pool -> ReasonedText in
        let name = pool.name.value
        let full = pool.size.worstPerHour.named("dearest hour of \(name)", "$/h")
        if pool.group != nil { return "vector(\(full))" }
        // Only whole GPUs are counted by Karpenter itself; types of one pool may hold different numbers of them.
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
