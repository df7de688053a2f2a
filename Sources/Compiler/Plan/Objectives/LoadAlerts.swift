/// Alerts on the load of the replicas that are there: above scaling up, below what they sustain.
func loadAlerts(_ model: Placement, _ levels: AlertLevels, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let namespace = spec.platform.namespace.value
    let counted = PromQL.sum(
        PromQL.select(Metrics.deploymentAvailable, [.equals("namespace", namespace), .deployments(of: model)]))
    // Requests that wake a model are more than none of its replicas carries, and nobody's emergency.
    let available = model.sleeps ? "(\(counted) > 0)" : counted
    func above(_ level: ReasonedText) -> Traced<String> {
        let text: ReasonedText = "(\(levels.signal.total.text)) > \(level) * \(available)"
        return text.because("the load of all replicas, against what those that are ready should carry at most")
    }
    let unit = levels.signal.unit
    let warning: ReasonedText = "\(levels.warning, as: "warning load")"
    let critical: ReasonedText = "\(levels.critical, as: "critical load")"
    let labels = [("model", model.name), ("signal", levels.signal.signal.rawValue)]
    return [
        .alert(
            "ModelLoadHigh", above(warning), hold: model.point.coldStart.total.named("cold start", "s"),
            because: "one cold start: scaling up had its chance", severity: "warning", labels: labels,
            summary: "\(model.name) stays above its scale-up threshold",
            description: """
                Each replica carries more than \(warning) \(unit); scaling up at \(levels.scaleUp, as: "scale-up load") \
                did not relieve it within one cold start.
                """,
            runbook:
                "Look for pending pods of the model, then for pools at their limit; raise replicas.max or the budget."),
        .alert(
            "ModelLoadCritical", above(critical), hold: Thresholds.criticalHold.reasoned, severity: "critical",
            labels: labels, summary: "\(model.name) is at the limit of its replicas",
            description: """
                Each replica carries more than \(critical) of the \(levels.signal.perReplica) \(unit) \
                at which its latency targets break.
                """,
            runbook: "Shed load at the gateway or lower another model's replicas; then find why scaling did not help."),
    ]
}
