import Groundwork

/// Alerts on the load of the replicas that are there: above scaling up, below what they sustain.
func loadAlerts(_ model: Placement, _ levels: AlertLevels, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let namespace = spec.platform.namespace.value
    let counted = PromQL.sum(
        PromQL.select(.deploymentAvailable, [.equals("namespace", namespace), .deployments(of: model)]))
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
    let (scales, name) = (model.isAutoscaled, model.name)
    let answer: ReasonedText =
        scales
        ? "; scaling up at \(levels.scaleUp, as: "scale-up load") did not relieve it within one cold start."
        : ", and no autoscaler adds one."
    return [
        .alert(
            "ModelLoadHigh", above(warning), hold: model.point.coldStart.total.named("cold start", "s"),
            because: "one cold start: scaling up had its chance", severity: "warning", labels: labels,
            summary: scales ? "\(name) stays above its scale-up threshold" : "\(name) stays above its warning level",
            description: "On average a replica carries more than \(warning) \(unit)\(answer)",
            runbook: scales
                ? "Look for pending pods of the model, then for pools at their limit; raise replicas.max or the budget."
                : "Look for pending pods of the model; raise its replicas."),
        .alert(
            "ModelLoadCritical", above(critical), hold: Thresholds.criticalHold.reasoned, severity: "critical",
            labels: labels, summary: "\(name) is at the limit of its replicas",
            description: """
                On average a replica carries more than \(critical) of the \(levels.signal.perReplica) \(unit) that it sustains.
                """,
            runbook: "Shed load at the gateway or lower another model's replicas; then "
                + (scales ? "find why scaling did not help." : "raise its own.")),
    ]
}
