/// The queries of a model's dashboard.
struct DashboardPlan: Sendable {
    let model: Traced<String>
    let uid: Traced<String>
    let load: Traced<String>
    let replicas: Traced<String>
    let desired: Traced<String>
    let firstToken: Traced<String>
    let perToken: Traced<String>
    let gpuUtilization: Traced<String>
    let gpuMemory: Traced<String>
    let kvCache: Traced<String>
    let nodes: Traced<String>
    let cost: Traced<String>
    let budgetLeft: Traced<String>
}

/// Builds the queries of a model's dashboard from the metric catalog.
func dashboard(_ model: ModelInPlan) -> DashboardPlan {
    let placement = model.placement
    let namespace = model.plan.spec.platform.namespace.value
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.model.name)]
    let pods = "\(model.model.name)(-base|-surge)?-[a-z0-9]{1,10}-[a-z0-9]{5}"
    let gpus: [PromQL.Matcher] = [.equals("namespace", namespace), .matches("pod", pods)]
    let deployments: PromQL.Matcher = .matches("deployment", "\(model.model.name)(-base|-surge)?")
    let pools: PromQL.Matcher = .matches(
        "nodepool", Set(model.model.deployments.flatMap { $0.pools.map(\.name.value) }).sorted().joined(separator: "|"))
    let name = placement.spec.name
    func query(_ text: String) -> Traced<String> { name.map { _ in text } }
    func quantile(_ metric: Metric, _ target: LatencyTarget?) -> Traced<String> {
        let share = PromQL.number(Double(target?.percentile.value ?? 95) / 100)
        return query(
            "histogram_quantile(\(share), sum by (le) (\(PromQL.rate(metric, series, "5m", suffix: "_bucket"))))")
    }
    let used = PromQL.select(Metrics.framebufferUsed, gpus)
    let free = PromQL.select(Metrics.framebufferFree, gpus)
    let reserved = PromQL.select(Metrics.framebufferReserved, gpus)
    let isMIG = if case .mig = placement.layout { true } else { false }
    let busy =
        isMIG
        ? "100 * avg by (pod) (\(PromQL.select(Metrics.graphicsActive, gpus)))"
        : "avg by (pod) (\(PromQL.select(Metrics.gpuUtilization, gpus)))"
    let pricePerReplica = rounded(placement.shape.price.value / Double(placement.shape.replicasPerNode), decimals: 4)
    let running = PromQL.sum(PromQL.select(Metrics.deploymentReplicas, [.equals("namespace", namespace), deployments]))
    return DashboardPlan(
        model: name, uid: name.map { "stowage-\(String($0.prefix(32)))" },
        load: query("(\(model.model.levels.signal.total)) / \(running)"),
        replicas: query(running),
        desired: query(
            "sum("
                + PromQL.select(
                    "kube_horizontalpodautoscaler_status_desired_replicas",
                    [
                        .equals("namespace", namespace),
                        .matches("horizontalpodautoscaler", "(keda-hpa-)?\(model.model.name)(-surge)?"),
                    ]) + ")"),
        firstToken: quantile(Metrics.timeToFirstToken, placement.spec.sla.timeToFirstToken),
        perToken: quantile(Metrics.timePerOutputToken, placement.spec.sla.timePerOutputToken),
        gpuUtilization: query(busy),
        gpuMemory: query("100 * sum(\(used)) / (sum(\(used)) + sum(\(free)) + sum(\(reserved)))"),
        kvCache: query("100 * avg by (pod) (\(PromQL.select(Metrics.kvCacheUsage, series)))"),
        nodes: query(
            "sum by (nodepool) (increase(\(PromQL.select(Metrics.nodesCreated, [pools]))[15m]))"),
        cost: derive("replicas × $/hour ÷ replicas per node", ("$/hour", placement.shape.price)) { _ in
            "\(PromQL.number(pricePerReplica)) * \(running)"
        },
        budgetLeft: query("slo:period_error_budget_remaining:ratio{sloth_service=\"\(model.model.name)\"}"))
}

let dashboardFacts = FactTable<DashboardPlan>(
    "dashboard", "the queries of a model's dashboard",
    [
        .fact("uid", "its stable identifier") { $0.uid }, .fact("load", "load of one replica") { $0.load },
        .fact("replicas", "replicas that run") { $0.replicas },
        .fact("desired", "replicas that the autoscaler wants") { $0.desired },
        .fact("firstToken", "time to first token at the promised percentile, seconds") { $0.firstToken },
        .fact("perToken", "time per output token at the promised percentile, seconds") { $0.perToken },
        .fact("gpuUtilization", "GPU utilisation by pod, percent") { $0.gpuUtilization },
        .fact("gpuMemory", "GPU memory in use, percent") { $0.gpuMemory },
        .fact("kvCache", "KV cache in use by pod, percent") { $0.kvCache },
        .fact("nodes", "nodes started in a quarter of an hour, by pool") { $0.nodes },
        .fact("cost", "dollars per hour") { $0.cost },
        .fact("budgetLeft", "share of the month's error budget that is left") { $0.budgetLeft },
    ])
