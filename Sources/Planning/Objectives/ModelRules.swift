import Groundwork

/// The rules of a model: its recorded load, its service-level objectives, and alerts above the scale-up threshold.
func modelRules(_ model: Placement, _ deployments: [Deployment], _ levels: [AlertLevels], _ spec: ClusterSpec)
    -> [RuleGroup]
{
    let namespace = model.namespace
    let isCounted = spec.platform.monitoring.kubeStateMetrics.value
    var groups = [loadGroup(model, deployments, levels, spec)]
    groups += objectiveGroups(model, spec)
    groups.append(
        RuleGroup(
            name: "\(model.name)-alerts",
            rules: levels.flatMap { loadAlerts(model, $0, spec) } + startAlerts(model, spec)
                + (isCounted
                    ? scalerAlerts(model, deployments, levels, namespace: namespace)
                        + partialAlerts(model, namespace: namespace) : [])
                + servingAlerts(model, namespace: namespace) + rejectionAlerts(model, namespace: namespace)))
    return linked(groups, spec)
}

/// Records the model's load, and for a plain HorizontalPodAutoscaler the series that it reads.
private func loadGroup(_ model: Placement, _ deployments: [Deployment], _ levels: [AlertLevels], _ spec: ClusterSpec)
    -> RuleGroup
{
    let isCounted = spec.platform.monitoring.kubeStateMetrics.value
    let labels = [("namespace", model.namespace), ("service", model.name), ("model", model.name)]
    var rules = levels.map { levels in
        PrometheusRule.record(
            loadSeries, levels.signal.total.text.because("the load of `\(model.name)` over all replicas"),
            labels + [("signal", levels.signal.signal.rawValue)])
    }
    for deployment in deployments {
        guard let scaler = deployment.scaler, scaler.autoscaler == .hpa else { continue }
        for trigger in scaler.triggers {
            rules.append(.record(scalingSeries, trigger.query, labels + [("signal", trigger.name)]))
        }
    }
    if isCounted { rules += levels.map { ratio($0, model, spec, labels) } }
    if let available = recordedAvailability(model, spec) {
        rules.append(.record(availabilitySeries, available, labels))
    }
    let interval: ReasonedText = "\(Thresholds.scrapeInterval)s"
    return RuleGroup(
        name: "\(model.name)-load", rules: rules,
        interval: interval.because("a plain HPA reads the recorded series, which must be as fresh as the scrape"))
}

/// Records the load per replica as a share of what a replica sustains.
private func ratio(
    _ levels: AlertLevels, _ model: Placement, _ spec: ClusterSpec, _ labels: [(String, String)]
) -> PrometheusRule {
    let ready = PromQL.sum(
        PromQL.select(
            model.availableMetric,
            [.equals("namespace", model.namespace), .deployments(of: model)]))
    let ratio: ReasonedText = "(\(levels.signal.total.text)) / \(levels.signal.perReplica) / (\(ready) > 0)"
    return .record(
        ratioSeries, ratio.because("load ÷ what one replica sustains ÷ ready replicas"),
        labels + [("signal", levels.signal.signal.rawValue)])
}

/// The series that records the load per replica, as a share of what a replica sustains.
package let ratioSeries = "model:inference_load:ratio"

/// The series that a plain HorizontalPodAutoscaler scales on, through the Prometheus adapter.
package let scalingSeries = "model:inference_load:scaling"
