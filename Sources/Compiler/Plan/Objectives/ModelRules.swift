/// The rules of a model: its recorded load, its service-level objectives, and alerts above the scale-up threshold.
func modelRules(_ model: Placement, _ deployments: [Deployment], _ levels: AlertLevels, _ spec: ClusterSpec) -> [RuleGroup] {
    let namespace = spec.platform.namespace.value
    var groups = [loadGroup(model, deployments, levels, namespace: namespace)]
    groups += objectiveGroups(model, spec)
    groups.append(
        RuleGroup(
            name: "\(model.name)-alerts",
            rules: loadAlerts(model, levels, spec) + scalerAlerts(model, deployments, levels, namespace: namespace)
                + servingAlerts(model, namespace: namespace)))
    return groups
}

/// Records the model's load, and for a plain HorizontalPodAutoscaler the series that it reads.
private func loadGroup(_ model: Placement, _ deployments: [Deployment], _ levels: AlertLevels, namespace: String)
    -> RuleGroup
{
    let labels = [("namespace", namespace), ("service", model.name), ("model", model.name)]
    let load = model.spec.name.map { _ in levels.signal.total }
    var rules = [PrometheusRule.record(loadSeries, load, labels + [("signal", levels.signal.signal.rawValue)])]
    for deployment in deployments {
        guard let scaler = deployment.scaler, scaler.autoscaler == .hpa else { continue }
        for trigger in scaler.triggers {
            rules.append(.record(scalingSeries, trigger.query, labels + [("signal", trigger.name)]))
        }
    }
    return RuleGroup(name: "\(model.name)-load", rules: rules)
}

/// The series that a plain HorizontalPodAutoscaler scales on, through the Prometheus adapter.
package let scalingSeries = "model:inference_load:scaling"

/// Alerts on the load of the replicas that are there: above scaling up, below what they sustain.
private func loadAlerts(_ model: Placement, _ levels: AlertLevels, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let namespace = spec.platform.namespace.value
    let deployments = model.isSplit ? "\(model.name)-(base|surge)" : model.name
    let available = PromQL.sum(
        PromQL.select(
            Metrics.deploymentAvailable, [.equals("namespace", namespace), .matches("deployment", deployments)]))
    func above(_ level: Traced<Double>) -> Traced<String> {
        level.map { "(\(levels.signal.total)) > \(PromQL.number($0)) * \(available)" }
    }
    let unit = levels.signal.unit
    let hold = model.point.coldStart.total
    return [
        .alert(
            "ModelLoadHigh", above(levels.warning),
            hold: derive("one cold start: scaling up had its chance", ("cold start, s", hold)) { $0 },
            severity: "warning", labels: [("model", model.name)],
            summary: "\(model.name) stays above its scale-up threshold",
            description: "Each replica carries more than \(PromQL.number(levels.warning.value)) \(unit); scaling up at "
                + "\(PromQL.number(levels.scaleUp.value)) did not relieve it within one cold start.",
            runbook:
                "Look for pending pods of the model, then for pools at their limit; raise replicas.max or the budget."),
        .alert(
            "ModelLoadCritical", above(levels.critical),
            hold: Traced<Double>.threshold(Thresholds.criticalHold).map { Int($0) }, severity: "critical",
            labels: [("model", model.name)], summary: "\(model.name) is at the limit of its replicas",
            description: "Each replica carries more than \(PromQL.number(levels.critical.value)) of the "
                + "\(PromQL.number(levels.limit.value)) \(unit) at which its latency targets break.",
            runbook: "Shed load at the gateway or lower another model's replicas; then find why scaling did not help."),
    ]
}

/// Alerts on the scaler: at its end, or blind.
private func scalerAlerts(_ model: Placement, _ deployments: [Deployment], _ levels: AlertLevels, namespace: String)
    -> [PrometheusRule]
{
    deployments.compactMap(\.scaler).flatMap { scaler -> [PrometheusRule] in
        let which: [PromQL.Matcher] = [
            .equals("namespace", namespace), .equals("horizontalpodautoscaler", scaler.autoscalerName),
        ]
        let now = PromQL.sum(PromQL.select(Metrics.autoscalerReplicas, which))
        let most = PromQL.sum(PromQL.select(Metrics.autoscalerMost, which))
        let inactive = PromQL.sum(
            PromQL.select(
                Metrics.autoscalerCondition,
                which + [.equals("condition", "ScalingActive"), .equals("status", "false")]))
        let total = model.maxReplicas
        let blind =
            scaler.minReplicas.value == 0
            ? "(\(inactive) > 0) and (\(PromQL.sum(PromQL.select(Metrics.autoscalerReplicas, which))) > 0)"
            : "\(inactive) > 0"
        return [
            .alert(
                "ModelAtMaxReplicas",
                derive(
                    "all replicas are there and still above the warning level", ("warning level", levels.warning),
                    ("maximum", total)
                ) {
                    "\(now) >= \(most) and (\(levels.signal.total)) > \(PromQL.number(rounded($0 * Double($1), decimals: 3)))"
                },
                hold: Traced<Double>.threshold(Thresholds.warningHold).map { Int($0) }, severity: "warning",
                labels: [("model", model.name)], summary: "\(model.name) runs all its replicas and needs more",
                description: "\(scaler.name.value) stands at its maximum and the load is above the warning level.",
                runbook: "Raise replicas.max in the spec and compile again: limits and budget are checked with it."),
            .alert(
                "ModelScalerBlind",
                Traced(blind, .convention("an HPA that cannot read its metric does not scale")),
                hold: Traced<Double>.threshold(Thresholds.warningHold).map { Int($0) }, severity: "critical",
                labels: [("model", model.name)], summary: "\(model.name) does not scale: its autoscaler sees no metric",
                description: "The autoscaler \(scaler.autoscalerName) reports ScalingActive=False.",
                runbook: "Run the scaler's query in Prometheus; then look at the metrics API of KEDA or the adapter."),
        ]
    }
}

/// Alerts on the engine: the cache thrashes, or its metrics are gone.
private func servingAlerts(_ model: Placement, namespace: String) -> [PrometheusRule] {
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.name)]
    let full = Traced<Double>.threshold(Thresholds.cacheFull)
    let hold = Traced<Double>.threshold(Thresholds.warningHold).map { Int($0) }
    let cache = "avg(\(PromQL.select(Metrics.kvCacheUsage, series)))"
    let preempted = PromQL.sum(PromQL.rate(Metrics.preemptions, series, "5m"))
    return [
        .alert(
            "ModelKVCachePressure", full.map { "\(cache) > \(PromQL.number($0)) and \(preempted) > 0" }, hold: hold,
            severity: "warning", labels: [("model", model.name)],
            summary: "\(model.name) preempts sequences for lack of KV cache",
            description: "The KV cache is full and running sequences are recomputed: time per output token suffers.",
            runbook: "Lower context or raise replicas.min; check that prompts are as long as the spec says."),
        .alert(
            "ModelMetricsAbsent",
            Traced(
                "absent(\(PromQL.select(Metrics.running, series)))",
                .convention("a model without metrics is not scaled")),
            hold: model.point.coldStart.total.map { max($0, hold.value) }, severity: "critical",
            labels: [("model", model.name)],
            summary: "\(model.name) reports no metrics", description: "No replica's metrics reach Prometheus.",
            runbook: "See whether replicas are ready, then the ServiceMonitor's target in Prometheus."),
    ]
}
