/// The queries of a model's dashboard.
package struct DashboardPlan: Sendable {
    let model: Traced<String>
    let uid: Traced<String>
    /// The load of one replica in each signal, as a share of what it sustains.
    let loads: [LoadPanel]
    let replicas: Traced<String>
    let desired: Traced<String>
    let firstToken: Traced<String>
    let perToken: Traced<String>
    let gpuUtilization: Traced<String>
    let gpuMemory: Traced<String>
    let kvCache: Traced<String>
    /// Karpenter's: nil for a model of a managed node group.
    let nodes: Traced<String>?
    let nodesGone: Traced<String>?
    let cost: Traced<String>
    let budgetLeft: Traced<String>
    let burnRate: Traced<String>
    /// The promised latencies, seconds.
    let firstTokenTarget: Traced<Double>?
    let perTokenTarget: Traced<Double>?
}

/// The load of one replica in one signal, for a dashboard.
package struct LoadPanel: Sendable {
    /// `A`, `B` and so on.
    let reference: Traced<String>
    let signal: Traced<String>
    let query: Traced<String>
}

/// Builds the queries of a model's dashboard from the metric catalog.
func planDashboard(_ placement: Placement, _ deployments: [Deployment], _ levels: [AlertLevels], _ spec: ClusterSpec)
    -> DashboardPlan
{
    let namespace = spec.platform.namespace.value
    let model = placement.name
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model)]
    let gpus: [PromQL.Matcher] = [.equals("namespace", namespace), .pods(of: [placement])]
    let ours: PromQL.Matcher = .deployments(of: placement)
    let pools: PromQL.Matcher = .matches(
        "nodepool", Set(deployments.flatMap { $0.pools.map(\.name.value) }).sorted().joined(separator: "|"))
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
    let running = PromQL.sum(PromQL.select(Metrics.deploymentReplicas, [.equals("namespace", namespace), ours]))
    return DashboardPlan(
        model: name, uid: name.map { Names.dashboard($0) },
        loads: zip(["A", "B", "C", "D"], levels).map { letter, levels in
            LoadPanel(
                reference: Traced(letter, .convention("Grafana's letters for queries")),
                signal: Traced(levels.signal.signal.rawValue, .convention("the signal's name")),
                query: derive(
                    "load ÷ what a replica sustains ÷ replicas", (levels.signal.unit, levels.signal.perReplica)
                ) { "(\(levels.signal.total.text)) / \(PromQL.number($0)) / \(running)" })
        },
        replicas: query(running),
        desired: query(wanted(deployments, namespace) ?? running),
        firstToken: quantile(Metrics.timeToFirstToken, placement.spec.sla.timeToFirstToken),
        perToken: quantile(Metrics.timePerOutputToken, placement.spec.sla.timePerOutputToken),
        gpuUtilization: query(busy),
        gpuMemory: query("100 * sum(\(used)) / (sum(\(used)) + sum(\(free)) + sum(\(reserved)))"),
        kvCache: query("100 * avg by (pod) (\(PromQL.select(Metrics.kvCacheUsage, series)))"),
        nodes: placement.isManaged
            ? nil
            : query(
                "sum by (nodepool) (increase(\(PromQL.select(Metrics.nodesCreated, [pools]))[15m]))"),
        nodesGone: placement.isManaged
            ? nil
            : query(
                "-sum by (nodepool) (increase(\(PromQL.select(Metrics.nodesTerminated, [pools]))[15m]))"),
        cost: derive("replicas × $/hour ÷ replicas per node", ("$/hour", placement.shape.price)) { _ in
            "\(PromQL.number(pricePerReplica)) * \(running)"
        },
        budgetLeft: query(
            PromQL.select("slo:period_error_budget_remaining:ratio", [.equals("sloth_service", model)])),
        burnRate: query(PromQL.select("slo:current_burn_rate:ratio", [.equals("sloth_service", model)])),
        firstTokenTarget: placement.spec.sla.timeToFirstToken?.seconds,
        perTokenTarget: placement.spec.sla.timePerOutputToken?.seconds)
}

/// The replicas that the autoscalers of a model want, and those that its base has; nil where nothing scales it.
private func wanted(_ deployments: [Deployment], _ namespace: String) -> String? {
    guard let scaler = deployments.compactMap(\.scaler).first else { return nil }
    let wanted = PromQL.sum(
        PromQL.select(
            Metrics.autoscalerWanted,
            [.equals("namespace", namespace), .equals("horizontalpodautoscaler", scaler.autoscalerName)]))
    let base = deployments.compactMap(\.replicas?.value).reduce(0, +)
    return base == 0 ? wanted : "\(base) + \(wanted)"
}
