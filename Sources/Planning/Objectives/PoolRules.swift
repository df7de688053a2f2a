import Groundwork

/// Alerts on capacity for replicas: pools near their limit, pending pods, and pods that are pending although a pool has room.
func poolRules(_ spec: ClusterSpec, _ models: [ModelPlan], _ pools: [PoolPlan], _ money: MoneyPlan) -> [PrometheusRule]
{
    // A primary pool is full in normal operation, and a static one always.
    let shared = pools.filter { $0.role != .primary && $0.size.staticNodes == nil }
    var rules = shared.map(nearLimit)
    guard spec.platform.monitoring.kubeStateMetrics.value else { return rules }
    let placements = models.map(\.placement)
    rules.append(waiting(placements, money))
    let byName = Dictionary(placements.map { ($0.name, $0) }) { first, _ in first }
    rules += shared.map { pool in stuck(pool, pool.models.compactMap { byName[$0] }) }
    return rules
}

private func usage(_ pool: PoolPlan) -> (used: String, limit: String) {
    let which: [PromQL.Matcher] = [
        .equals("nodepool", pool.name.value),
        .equals("resource_type", pool.sharing.layout == .whole ? "nvidia.com/gpu" : "nodes"),
    ]
    return (PromQL.sum(PromQL.select(.poolUsage, which)), PromQL.sum(PromQL.select(.poolLimit, which)))
}

private func nearLimit(_ pool: PoolPlan) -> PrometheusRule {
    let (used, limit) = usage(pool)
    let isNear: ReasonedText = "\(used) / \(limit) > \(Thresholds.poolNearLimit)"
    let most: ReasonedText = pool.size.gpus.value == 1 ? "one GPU" : "\(pool.size.gpus, as: "GPUs") GPUs"
    return .alert(
        "NodePoolNearLimit", isNear.because("the share of its limit that the pool uses"),
        forDuration: platformForDuration, severity: "warning", labels: [("nodepool", pool.name.value)],
        summary: "\(pool.name.value) is near its limit",
        description: "Its limit is \(most): the next surge may not get a node.",
        runbook: "Raise replicas.max of the model that grew, or the budget, and compile again.")
}

/// The pending pods of models, as a selector.
private func pending(_ models: [Placement]) -> String {
    PromQL.select(.podPhase, [.namespaces(of: models), .pods(of: models), .equals("phase", "Pending")])
}

private func waiting(_ models: [Placement], _ money: MoneyPlan) -> PrometheusRule {
    .alert(
        "ModelPodsPending",
        Traced(
            "sum by (pod) (\(pending(models))) > 0", .convention("a pending pod of a model")),
        forDuration: (Thresholds.startupPatience.reasoned * money.slowestColdStart.named("slowest cold start", "s"))
            .roundedDown
            .named("alert duration", "s"),
        because: "longer than a node and a model take to start", severity: "warning",
        summary: "{{ $labels.pod }} is pending",
        description:
            "It has been pending for longer than a node and a model take to start: no pool can run it, or EC2 has no capacity.",
        runbook:
            "Read the pod's events; compare the pools' usage with their limits; check that AWS granted the quotas in PLAN.md."
    )
}

/// Karpenter has open issues on its fallback from a full pool to the next: pods stay pending although there is room.
private func stuck(_ pool: PoolPlan, _ models: [Placement]) -> PrometheusRule {
    let (used, limit) = usage(pool)
    return .alert(
        "OverflowStuck",
        Traced(
            "sum(\(pending(models))) > 0 and (\(used) or vector(0)) < \(limit)",
            .convention("a pod that is pending while a pool of its model has room")),
        forDuration: models.isEmpty ? platformForDuration : slowestColdStart(of: models).named("alert duration", "s"),
        because: "the slowest cold start of its models", severity: "warning", labels: [("nodepool", pool.name.value)],
        summary: "pods are pending although \(pool.name.value) has room",
        description:
            "Karpenter starts no node in \(pool.name.value) for pods that may run there: EC2 has no capacity, or overflow is stuck.",
        runbook:
            "Read the events of a pending pod and Karpenter's log; compare the pod's requests with the pool's types.")
}
