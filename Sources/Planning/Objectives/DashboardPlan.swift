import Groundwork

/// The queries of a model's dashboard.
package struct DashboardPlan: Sendable {
    let model: Traced<String>
    package let uid: Traced<String>
    /// The load per replica in each signal, as a share of what a replica sustains.
    package let loads: [LoadPanel]
    package let replicas: Traced<String>
    package let desired: Traced<String>
    /// Nil for a model that generates no tokens, as are those per output token and of the KV cache.
    package let ttft: Traced<String>?
    package let tpot: Traced<String>?
    /// Only for a model that generates no tokens.
    package let endToEnd: Traced<String>?
    package let promptTokens: Traced<String>?
    package let gpuUtilization: Traced<String>
    package let gpuMemory: Traced<String>
    package let kvCache: Traced<String>?
    /// From Karpenter's metrics: nil for a model on a managed node group.
    package let nodes: Traced<String>?
    package let nodesGone: Traced<String>?
    package let cost: Traced<String>
    package let budgetLeft: Traced<String>
    package let burnRate: Traced<String>
    /// The latency targets, seconds.
    package let ttftTarget: Traced<Double>?
    package let tpotTarget: Traced<Double>?
    package let endToEndTarget: Traced<Double>?
}

/// The load per replica in one signal, for a dashboard.
package struct LoadPanel: Sendable {
    /// `A`, `B` and so on.
    package let reference: Traced<String>
    package let signal: Traced<String>
    package let query: Traced<String>
}

/// Builds the queries of a model's dashboard from the metric catalog.
func planDashboard(
    _ placement: Placement, _ deployments: [Deployment], _ levels: [AlertLevels], _ spec: ClusterSpec,
    _ prices: PriceList
) -> DashboardPlan {
    let namespace = placement.namespace
    let model = placement.name
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", placement.servedName)]
    let gpus: [PromQL.Matcher] = [.equals("namespace", namespace), .pods(of: [placement])]
    let ours: PromQL.Matcher = .deployments(of: placement)
    let pools: PromQL.Matcher = .matches(
        "nodepool", Set(deployments.flatMap { $0.pools.map(\.name.value) }).sorted().joined(separator: "|"))
    let name = placement.spec.name
    func query(_ text: String) -> Traced<String> {
        Traced(text, because: "the series of this model", Ingredient("model", name))
    }
    func quantile(_ metric: MetricName, _ target: LatencyTarget?) -> Traced<String> {
        let share =
            target.map { ($0.percentile.named("percentile", "%") / .constant(100, "%")).named("quantile", "ratio") }
            ?? Defaults.percentile.reasoned
        let rate = PromQL.rate(metric, series, "5m", suffix: "_bucket")
        let text: ReasonedText = "histogram_quantile(\(share), sum by (le) (\(rate)))"
        return text.because("the latency at the percentile of the SLA")
    }
    let fields = ExporterFields(spec.platform.exporterRelease)
    func field(_ metric: MetricName) -> String { PromQL.select(fields.named(metric) ?? metric, gpus) }
    let used = field(.framebufferUsed)
    let free = field(.framebufferFree)
    let reserved = field(.framebufferReserved)
    let isMIG = if case .mig = placement.nodes.layout { true } else { false }
    let busy =
        isMIG
        ? "100 * avg by (pod) (\(field(.graphicsActive)))"
        : "\(fields.hasRatios ? "100 * " : "")avg by (pod) (\(field(.gpuUtilization)))"
    let running = PromQL.sum(PromQL.select(placement.replicasMetric, [.equals("namespace", namespace), ours]))
    let cost: ReasonedText = "\(replicaPrice(placement, prices)) * \(running)"
    let (generates, sla) = (placement.spec.task.value.generates, placement.spec.sla)
    return DashboardPlan(
        model: name, uid: name.map { Names.dashboard($0) },
        loads: zip(["A", "B", "C", "D"], levels).map { letter, levels in
            let load: ReasonedText = "(\(levels.signal.total.text)) / \(levels.signal.perReplica) / \(running)"
            return LoadPanel(
                reference: Traced(letter, .convention("Grafana's letters for queries")),
                signal: Traced(levels.signal.signal.rawValue, .convention("the signal's name")),
                query: load.because("load ÷ what one replica sustains ÷ replicas"))
        },
        replicas: query(running),
        desired: wanted(deployments, namespace) ?? query(running),
        ttft: generates ? quantile(.timeToFirstToken, sla.timeToFirstToken) : nil,
        tpot: generates ? quantile(.timePerOutputToken, sla.timePerOutputToken) : nil,
        endToEnd: generates ? nil : quantile(.endToEndLatency, sla.endToEndLatency),
        promptTokens: generates ? nil : query(PromQL.sum(PromQL.rate(.promptTokens, series, "5m"))),
        gpuUtilization: query(busy),
        gpuMemory: query("100 * sum(\(used)) / (sum(\(used)) + sum(\(free)) + sum(\(reserved)))"),
        kvCache: generates ? query("100 * avg by (pod) (\(PromQL.select(.kvCacheUsage, series)))") : nil,
        nodes: placement.isManaged
            ? nil
            : query(
                "sum by (nodepool) (increase(\(PromQL.select(.nodesCreated, [pools]))[15m]))"),
        nodesGone: placement.isManaged
            ? nil
            : query(
                "-sum by (nodepool) (increase(\(PromQL.select(.nodesTerminated, [pools]))[15m]))"),
        cost: cost.because("replicas × the share of a node's price that each takes"),
        budgetLeft: query(
            PromQL.select("slo:period_error_budget_remaining:ratio", [.equals("sloth_service", model)])),
        burnRate: query(PromQL.select("slo:current_burn_rate:ratio", [.equals("sloth_service", model)])),
        ttftTarget: sla.timeToFirstToken?.seconds, tpotTarget: sla.timePerOutputToken?.seconds,
        endToEndTarget: sla.endToEndLatency?.seconds)
}

/// The desired replicas of a model: those of its autoscaler, plus those of its base; nil without an autoscaler.
private func wanted(_ deployments: [Deployment], _ namespace: String) -> Traced<String>? {
    guard let scaler = deployments.compactMap(\.scaler).first else { return nil }
    let wanted = PromQL.sum(
        PromQL.select(
            .autoscalerWanted,
            [.equals("namespace", namespace), .equals("horizontalpodautoscaler", scaler.autoscalerName)]))
    guard let base = deployments.compactMap(\.replicas).first else {
        return Traced(wanted, .convention("the desired replicas of its autoscaler"))
    }
    let all: ReasonedText = "\(base, as: "replicas of the base") + \(wanted)"
    return all.because("the replicas of the base plus the desired replicas of the surge's autoscaler")
}

/// The hourly price of a replica: its share of a node, on spot if all replicas run there.
private func replicaPrice(_ placement: Placement, _ prices: PriceList) -> Reasoned {
    let type = placement.candidate.type
    var node = placement.candidate.price.named("price of a node", "$/h")
    if placement.isSpotOnly, let discount = prices.spotDiscount(of: type) {
        node = (prices.known(type) * (1 - discount)).named("spot price", "$/h")
    }
    return (node / placement.nodes.perNode.named("replicas per node", "replicas")).rounded(4)
        .named("price of a replica", "$/h")
}
