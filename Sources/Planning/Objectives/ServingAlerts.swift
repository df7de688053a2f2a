import Groundwork

/// Alerts on vLLM: its KV cache is full, or its metrics are missing.
func servingAlerts(_ model: Placement, namespace: String) -> [PrometheusRule] {
    let available = PromQL.sum(
        PromQL.select(model.availableMetric, [.equals("namespace", namespace), .deployments(of: model)]))
    let whileScaledUp = model.scalesToZero ? " and on() \(available) > 0" : ""
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.servedName)]
    let forDuration = Thresholds.warningForDuration.reasoned
    let cache = "avg(\(PromQL.select(.kvCacheUsage, series)))"
    let preempted = PromQL.sum(PromQL.rate(.preemptions, series, "5m"))
    let thrashes: ReasonedText = "\(cache) > \(Thresholds.cacheFull) and \(preempted) > 0"
    let pressure: [PrometheusRule] = [
        .alert(
            "ModelKVCachePressure", thrashes.because("sequences are preempted because the KV cache is full"),
            forDuration: forDuration, severity: "warning", labels: [("model", model.name)],
            summary: "\(model.name) preempts sequences because its KV cache is full",
            description: "vLLM recomputes preempted sequences, which increases the time per output token.",
            runbook: "Lower context or raise replicas.min in the spec; check that prompts are as long as the spec says."
        )
    ]
    // Without decoding, no sequence stays in the KV cache from step to step.
    return (model.spec.task.value.generates ? pressure : []) + [
        .alert(
            "ModelMetricsAbsent",
            Traced(
                "absent(\(PromQL.select(.running, series)))\(whileScaledUp)",
                .convention("a model without metrics does not scale")),
            forDuration: .maximum(model.point.coldStart.total.named("cold start", "s"), forDuration).named(
                "alert duration", "s"),
            because: "a replica that is starting has no metrics yet", severity: "critical",
            labels: [("model", model.name)],
            summary: "\(model.name) reports no metrics", description: "Prometheus has no metrics of any replica.",
            runbook: "Check whether replicas are ready, then the ServiceMonitor's target in Prometheus.")
    ]
}

/// Alerts on requests that replicas reject because they cannot start them in time; none where the queue has no bound.
func rejectionAlerts(_ model: Placement, namespace: String) -> [PrometheusRule] {
    guard admissionLimits(model) != nil else { return [] }
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.servedName)]
    return [
        .alert(
            "ModelRequestsRejected",
            Traced(
                "\(PromQL.sum(PromQL.rate(.rejections, series, "5m"))) > 0",
                .convention("a rejected request is in no latency that vLLM measures")),
            forDuration: Thresholds.warningForDuration.reasoned, severity: "warning", labels: [("model", model.name)],
            summary: "\(model.name) rejects requests because its replicas are full",
            description:
                "Each replica has as many requests as it can start within the target for time to first token.",
            runbook:
                "Check that replicas are added; if traffic grows faster than traffic.ramp, lower it or set headroom or a larger replicas.min."
        )
    ]
}

/// Alerts on replicas without metrics while others have them: the measured load is too low.
func partialAlerts(_ model: Placement, namespace: String) -> [PrometheusRule] {
    let reporting = PromQL.select(.running, [.equals("namespace", namespace), .equals("model_name", model.servedName)])
    let ready = PromQL.sum(
        PromQL.select(model.availableMetric, [.equals("namespace", namespace), .deployments(of: model)]))
    return [
        .alert(
            "ModelMetricsIncomplete",
            Traced(
                "\(ready) > count(count by (pod) (\(reporting)))",
                .convention("the load of a ready replica without metrics is not counted")),
            forDuration: Thresholds.warningForDuration.reasoned, severity: "warning",
            labels: [("model", model.name)], summary: "some replicas of \(model.name) report no metrics",
            description: "The measured load is too low: the autoscaler may remove replicas that are needed.",
            runbook: "Find the failing target of the ServiceMonitor in Prometheus, and its error.")
    ]
}

/// Alerts on replicas that start more slowly than planned: the time thresholds depend on the cold start.
func startAlerts(_ model: Placement, _ spec: ClusterSpec) -> [PrometheusRule] {
    guard spec.platform.monitoring.kubeStateMetrics.value else { return [] }
    let pods: [PromQL.Matcher] = [
        .equals("namespace", model.namespace), .pods(of: [model]),
    ]
    let unready = PromQL.select(.podReady, pods + [.equals("condition", "false")])
    let leaving = PromQL.select(.podDeletion, pods)
    let coldStart = model.point.coldStart.total.named("cold start", "s")
    return [
        .alert(
            "ModelStartSlow",
            Traced(
                "max by (pod) (\(unready)) > 0 unless max by (pod) (\(leaving))",
                .convention("a pod that is neither ready nor terminating")),
            forDuration: (Thresholds.slowStart.reasoned * coldStart).roundedDown.named("alert duration", "s"),
            because: "longer than a pod should take to become ready",
            severity: "warning", labels: [("model", model.name)],
            summary: "{{ $labels.pod }} takes longer to start than planned",
            description:
                "The plan assumes a cold start of \(coldStart) s; the scale-down window and alerts depend on it.",
            runbook:
                "Find out which of node, image and weights takes the time; then correct the spec and compile again."
        )
    ]
}
