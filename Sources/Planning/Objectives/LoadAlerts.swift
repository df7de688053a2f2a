import Groundwork

/// Alerts on the load of the ready replicas: above the scale-up threshold, below what they sustain.
func loadAlerts(_ model: Placement, _ levels: AlertLevels, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let namespace = model.namespace
    let counted = PromQL.sum(
        PromQL.select(model.availableMetric, [.equals("namespace", namespace), .deployments(of: model)]))
    // While a model is scaled to zero any request exceeds the load of its zero replicas, which is no emergency.
    let available = model.scalesToZero ? "(\(counted) > 0)" : counted
    func above(_ level: ReasonedText) -> Traced<String> {
        let text: ReasonedText = "(\(levels.signal.total.text)) > \(level) * \(available)"
        return text.because("the load of all replicas, compared with this level for each ready replica")
    }
    let unit = levels.signal.unit
    let warning: ReasonedText = "\(levels.warning, as: "warning load")"
    let critical: ReasonedText = "\(levels.critical, as: "critical load")"
    let labels = [("model", model.name), ("signal", levels.signal.signal.rawValue)]
    let (scales, name) = (model.isAutoscaled, model.name)
    let answer: ReasonedText =
        scales
        ? "; scaling up at \(levels.scaleUp, as: "scale-up load") did not reduce it within one cold start."
        : ", and no autoscaler adds replicas."
    return [
        .alert(
            "ModelLoadHigh", above(warning), forDuration: model.point.coldStart.total.named("cold start", "s"),
            because: "one cold start: enough time for scaling up to take effect", severity: "warning", labels: labels,
            summary: scales ? "\(name) stays above its scale-up threshold" : "\(name) stays above its warning level",
            description: "The average load per replica is above \(warning) \(unit)\(answer)",
            runbook: scales
                ? "Check for pending pods of the model, then for pools at their limit; raise replicas.max or the budget."
                : "Check for pending pods of the model; raise its replicas."),
        .alert(
            "ModelLoadCritical", above(critical), forDuration: Thresholds.criticalForDuration.reasoned,
            severity: "critical",
            labels: labels, summary: "\(name) is at the limit of what its replicas sustain",
            description: """
                The average load per replica is above \(critical) of the \(levels.signal.perReplica) \(unit) that a replica sustains.
                """,
            runbook: "Shed load at the gateway or scale down another model; then "
                + (scales ? "find out why scaling up did not help." : "raise the replicas of this one.")),
    ]
}
