import Groundwork

/// The queries of the cluster dashboard, by model and by pool, and the threshold lines in it.
package struct FleetPlan: Sendable {
    package let uid: Traced<String>
    package let load: Traced<String>
    package let replicas: Traced<String>
    package let burnRate: Traced<String>
    package let budgetLeft: Traced<String>
    package let waiting: Traced<String>
    package let poolUse: Traced<String>
    package let gpus: Traced<String>
    package let nodes: Traced<String>
    package let nodesGone: Traced<String>
    package let spend: Traced<String>
    package let temperature: Traced<String>
    package let burnWarning: Traced<Double>
    package let burnCritical: Traced<Double>
    package let nearLimit: Traced<Double>
    package let hottest: Traced<Double>
    /// Dollars per hour that add up to the budget in the longest month.
    package let spendLimit: Traced<Double>?
}

/// Builds the queries of the cluster dashboard; `$model` and `$nodepool` are its variables.
func planFleet(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan]) -> FleetPlan {
    let model = PromQL.Matcher.matches("model", "$model")
    let service = PromQL.Matcher.matches("sloth_service", "$model")
    let pool = PromQL.Matcher.matches("nodepool", "$nodepool")
    let namespace = PromQL.Matcher.namespaces(of: models)
    func query(_ text: String) -> Traced<String> {
        Traced(text, because: "the series of all models and pools", Ingredient("cluster", spec.name))
    }
    func poolMax(_ metric: MetricName) -> String {
        "max by (nodepool, resource_type) (\(PromQL.select(metric, [pool])))"
    }
    func changes(_ metric: MetricName) -> String {
        "sum by (nodepool) (increase(\(PromQL.select(metric, [pool]))[15m]))"
    }
    let gpus = PromQL.select(.poolUsage, [pool, .equals("resource_type", "nvidia.com/gpu")])
    let foreign = models.filter { $0.workload != nil && !$0.runsInStatefulSet }.map(\.workloadName)
    let ready = PromQL.select(
        .deploymentAvailable,
        [namespace, .matches("deployment", (["($model)(-base|-surge)?"] + foreign).joined(separator: "|"))])
    let waiting = PromQL.select(.podPhase, [namespace, .pods(of: models), .equals("phase", "Pending")])
    let fields = ExporterFields(spec.platform.exporterRelease)
    let degrees = PromQL.select(fields.named(.gpuTemperature) ?? .gpuTemperature, [])
    let temperature: ReasonedText =
        "max by (\(ExporterFields.nodeLabels)) (\(degrees) < \(Thresholds.sentinelTemperature))"
    return FleetPlan(
        uid: spec.name.map { Names.fleet($0) },
        load: query("max by (model, signal) (\(PromQL.select(ratioSeries, [model])))"),
        replicas: query("sum by (deployment) (\(ready))"),
        burnRate: query(PromQL.select("slo:current_burn_rate:ratio", [service])),
        budgetLeft: query(PromQL.select("slo:period_error_budget_remaining:ratio", [service])),
        waiting: query(PromQL.sum(waiting)),
        poolUse: query("max by (nodepool) (\(poolMax(.poolUsage)) / \(poolMax(.poolLimit)))"),
        gpus: query("sum by (nodepool) (\(gpus))"), nodes: query(changes(.nodesCreated)),
        nodesGone: query("-\(changes(.nodesTerminated))"),
        spend: spendRate(pools).because("the nodes that Karpenter runs, at the prices of the plan"),
        temperature: temperature.because("the hottest GPU of each node"),
        burnWarning: slowestBurn("warning"), burnCritical: slowestBurn("critical"),
        nearLimit: .parameter(Thresholds.poolNearLimit), hottest: .parameter(Thresholds.hottestGPU),
        spendLimit: spec.budget.map { Traced(hourlyBudget($0)) })
}

/// The lowest burn rate at which an alert of a severity fires.
private func slowestBurn(_ severity: String) -> Traced<Double> {
    let rates = BurnWindow.all.filter { $0.severity == severity }.map(\.rate)
    return Traced(rates.dropFirst().reduce(rates[0], Reasoned.minimum).rounded(4))
}
