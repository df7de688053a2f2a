/// Alerts on the load of the replicas that are there: above scaling up, below what they sustain.
func loadAlerts(_ model: Placement, _ levels: AlertLevels, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let namespace = spec.platform.namespace.value
    let counted = PromQL.sum(
        PromQL.select(Metrics.deploymentAvailable, [.equals("namespace", namespace), .deployments(of: model)]))
    // Requests that wake a model are more than none of its replicas carries, and nobody's emergency.
    let available = model.sleeps ? "(\(counted) > 0)" : counted
    func above(_ level: Traced<Double>) -> Traced<String> {
        level.map { "(\(levels.signal.total.text)) > \(PromQL.number($0)) * \(available)" }
    }
    let unit = levels.signal.unit
    let labels = [("model", model.name), ("signal", levels.signal.signal.rawValue)]
    let hold = model.point.coldStart.total
    return [
        .alert(
            "ModelLoadHigh", above(levels.warning),
            hold: derive("one cold start: scaling up had its chance", ("cold start, s", hold)) { $0 },
            severity: "warning", labels: labels,
            summary: "\(model.name) stays above its scale-up threshold",
            description: "Each replica carries more than \(PromQL.number(levels.warning.value)) \(unit); scaling up at "
                + "\(PromQL.number(levels.scaleUp.value)) did not relieve it within one cold start.",
            runbook:
                "Look for pending pods of the model, then for pools at their limit; raise replicas.max or the budget."),
        .alert(
            "ModelLoadCritical", above(levels.critical),
            hold: Traced<Double>.threshold(Thresholds.criticalHold).map { Int($0) }, severity: "critical",
            labels: labels, summary: "\(model.name) is at the limit of its replicas",
            description: "Each replica carries more than \(PromQL.number(levels.critical.value)) of the "
                + "\(PromQL.number(levels.limit.value)) \(unit) at which its latency targets break.",
            runbook: "Shed load at the gateway or lower another model's replicas; then find why scaling did not help."),
    ]
}
