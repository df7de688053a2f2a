import Groundwork

/// Alerts on the engine: the cache thrashes, or its metrics are gone.
func servingAlerts(_ model: Placement, namespace: String) -> [PrometheusRule] {
    let available = PromQL.sum(
        PromQL.select(.deploymentAvailable, [.equals("namespace", namespace), .deployments(of: model)]))
    let whileAwake = model.sleeps ? " and on() \(available) > 0" : ""
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.name)]
    let hold = Thresholds.warningHold.reasoned
    let cache = "avg(\(PromQL.select(.kvCacheUsage, series)))"
    let preempted = PromQL.sum(PromQL.rate(.preemptions, series, "5m"))
    let thrashes: ReasonedText = "\(cache) > \(Thresholds.cacheFull) and \(preempted) > 0"
    return [
        .alert(
            "ModelKVCachePressure", thrashes.because("sequences are preempted because the KV cache is full"),
            hold: hold, severity: "warning", labels: [("model", model.name)],
            summary: "\(model.name) preempts sequences for lack of KV cache",
            description: "The KV cache is full and running sequences are recomputed: time per output token suffers.",
            runbook: "Lower context or raise replicas.min; check that prompts are as long as the spec says."),
        .alert(
            "ModelMetricsAbsent",
            Traced(
                "absent(\(PromQL.select(.running, series)))\(whileAwake)",
                .convention("a model without metrics is not scaled")),
            hold: .maximum(model.point.coldStart.total.named("cold start", "s"), hold).named("hold", "s"),
            because: "a model that starts has no metrics yet", severity: "critical",
            labels: [("model", model.name)],
            summary: "\(model.name) reports no metrics", description: "No replica's metrics reach Prometheus.",
            runbook: "See whether replicas are ready, then the ServiceMonitor's target in Prometheus."),
    ]
}

/// Alerts on replicas whose metrics are missing while others' are there: the load looks smaller than it is.
func partialAlerts(_ model: Placement, namespace: String) -> [PrometheusRule] {
    let heard = PromQL.select(.running, [.equals("namespace", namespace), .equals("model_name", model.name)])
    let ready = PromQL.sum(
        PromQL.select(.deploymentAvailable, [.equals("namespace", namespace), .deployments(of: model)]))
    return [
        .alert(
            "ModelMetricsIncomplete",
            Traced(
                "\(ready) > count(count by (pod) (\(heard)))",
                .convention("a ready replica that nobody hears of carries load that nobody counts")),
            hold: Thresholds.warningHold.reasoned, severity: "warning",
            labels: [("model", model.name)], summary: "some replicas of \(model.name) report no metrics",
            description: "The load is counted too low: the scaler may take replicas away that are needed.",
            runbook: "See the ServiceMonitor's targets in Prometheus: which of them fails, and why?")
    ]
}

/// Alerts on replicas that start slower than the plan assumes: every threshold of time rests on the cold start.
func startAlerts(_ model: Placement, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let pods: [PromQL.Matcher] = [
        .equals("namespace", spec.platform.namespace.value), .pods(of: [model]),
    ]
    let unready = PromQL.select(.podReady, pods + [.equals("condition", "false")])
    let leaving = PromQL.select(.podDeletion, pods)
    let coldStart = model.point.coldStart.total.named("cold start", "s")
    return [
        .alert(
            "ModelStartSlow",
            Traced(
                "max by (pod) (\(unready)) > 0 unless max by (pod) (\(leaving))",
                .convention("a pod that is not ready and is not leaving")),
            hold: (Thresholds.slowStart.reasoned * coldStart).roundedDown.named("hold", "s"),
            because: "longer than a pod should take to be ready",
            severity: "warning", labels: [("model", model.name)],
            summary: "{{ $labels.pod }} takes longer to start than planned",
            description:
                "The plan assumes a cold start of \(coldStart) s; scale-down window and alerts rest on it.",
            runbook:
                "See whether the node, the image or the weights take the time; then correct the spec and compile again."
        )
    ]
}
