import Groundwork

/// Alerts on the GPUs themselves, by node and device.
func gpuRules(_ pools: [PoolPlan], _ release: Traced<Version>) -> [PrometheusRule] {
    let (anyGroup, anyPool) = (pools.contains { $0.group != nil }, pools.contains { $0.group == nil })
    let ways =
        (anyPool ? ["delete its NodeClaim"] : [])
        + (anyGroup ? ["terminate its instance\(anyPool ? " if it is in a node group" : "")"] : [])
    let replace = ways.joined(separator: ", or ")
    let remedy = "Replace the node: \(replace), \(anyGroup ? "and another starts" : "Karpenter starts another")."
    let fields = ExporterFields(release)
    return [
        tooHot(fields, remedy), thermallyThrottled(fields, remedy), powerThrottled(fields), faulty(fields, replace),
        metricsAbsent(fields),
    ]
    .compactMap(\.self)
}

/// The GPU of a series: the exporter writes the name of the node in one of two labels.
private let gpu = "GPU {{ $labels.gpu }} of {{ $labels.Hostname }}{{ $labels.hostname }}"

private func worst(_ vector: ReasonedText) -> ReasonedText { "max by (\(ExporterFields.gpuLabels)) (\(vector))" }

private func tooHot(_ fields: ExporterFields, _ remedy: String) -> PrometheusRule? {
    guard let metric = fields.named(.gpuTemperature) else { return nil }
    // DCGM reports a field that a GPU lacks as an absurdly high value.
    let temperature = worst(
        "\(PromQL.select(metric, [])) < \(Thresholds.sentinelTemperature)")
    let hot: ReasonedText = "\(temperature) > \(Thresholds.hottestGPU)"
    return .alert(
        "GPUTemperatureHigh", hot.because("a GPU close to thermal throttling"),
        forDuration: platformForDuration,
        severity: "warning", summary: "\(gpu) is running hot",
        description: "At {{ $value }} °C it is close to thermal throttling, which puts latency targets at risk.",
        runbook: remedy)
}

/// Alerts on a GPU that is throttled for more than a share of the time.
private func slowed(
    _ name: String, _ metric: MetricName?, _ share: Parameter, for cause: String, runbook: String
) -> PrometheusRule? {
    guard let metric else { return nil }
    let rate = PromQL.rate(metric, [], "5m")
    let most = (share.reasoned * Thresholds.nanoseconds.reasoned).named("maximum throttled time", "ns/s")
    let slowed: ReasonedText = "\(worst("\(rate)")) > \(most)"
    return .alert(
        name, slowed.because("the time for which it is throttled, compared with a share of all time"),
        forDuration: platformForDuration, severity: "warning", summary: "\(gpu) is throttled by \(cause)",
        description:
            "It is throttled for a significant share of the time: replicas on it no longer reach the planned operating point.",
        runbook: runbook)
}

private func thermallyThrottled(_ fields: ExporterFields, _ remedy: String) -> PrometheusRule? {
    slowed(
        "GPUThermalThrottling", fields.named(.thermalViolation), Thresholds.throttledShare, for: "heat",
        runbook: remedy)
}

private func powerThrottled(_ fields: ExporterFields) -> PrometheusRule? {
    slowed(
        "GPUPowerThrottling", fields.named(.powerViolation), Thresholds.powerThrottledShare, for: "power constraints",
        runbook:
            "Compare its power draw with that of similar GPUs; if they are throttled too, lower scaling.up of the model."
    )
}

private func faulty(_ fields: ExporterFields, _ replace: String) -> PrometheusRule? {
    guard let metric = fields.named(.xidErrors) else { return nil }
    let codes = PromQL.select(metric, [])
    let others = applicationFaults.map { " != \($0)" }.joined()
    let faulty = worst("\(codes) > 0 <= \(Thresholds.highestXid)\(others)")
    return .alert(
        "GPUXidError",
        faulty.because(
            "the metric is the last XID code, not a count; codes of application errors are left out"),
        forDuration: nil, severity: "critical", summary: "\(gpu) reports XID {{ $value }}",
        description: "The driver reported an error that the application did not cause: the GPU is unreliable.",
        runbook: "Look up the code in NVIDIA's XID catalog; \(replace), which also clears the alert.")
}

private func metricsAbsent(_ fields: ExporterFields) -> PrometheusRule? {
    guard let metric = fields.named(.gpuTemperature) else { return nil }
    return .alert(
        "GPUMetricsAbsent",
        Traced(
            "absent(\(PromQL.select(metric, [])))",
            .convention("every GPU has a temperature, even a partitioned one")),
        forDuration: platformForDuration, severity: "warning", summary: "no GPU reports metrics",
        description: "The DCGM exporter is not running, or Prometheus does not scrape it.",
        runbook: "Check the DaemonSet dcgm-exporter and its target in Prometheus.")
}
