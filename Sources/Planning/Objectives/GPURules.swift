import Groundwork

/// Alerts on the GPUs themselves, by node and device.
func gpuRules(_ pools: [PoolPlan]) -> [PrometheusRule] {
    let (anyGroup, anyPool) = (pools.contains { $0.group != nil }, pools.contains { $0.group == nil })
    let ways =
        (anyPool ? ["delete its NodeClaim"] : [])
        + (anyGroup ? ["terminate its instance\(anyPool ? " if it is of a node group" : "")"] : [])
    let replace = ways.joined(separator: ", or ")
    let remedy = "Replace the node: \(replace), \(anyGroup ? "and another starts" : "Karpenter starts another")."
    return [tooHot(remedy), heated(remedy), starved, faulty(replace), unheard]
}

private let gpu = "GPU {{ $labels.gpu }} of {{ $labels.Hostname }}"

private func worst(_ vector: ReasonedText) -> ReasonedText { "max by (Hostname, gpu) (\(vector))" }

private func tooHot(_ remedy: String) -> PrometheusRule {
    // Fields that a GPU lacks come as absurd values.
    let temperature = worst(
        "\(PromQL.select(.gpuTemperature, [])) < \(Thresholds.sentinelTemperature)")
    let hot: ReasonedText = "\(temperature) > \(Thresholds.hottestGPU)"
    return .alert(
        "GPUTemperatureHigh", hot.because("a GPU that is about to slow down for heat"),
        hold: platformHold,
        severity: "warning", summary: "\(gpu) is hot",
        description: "At {{ $value }} °C it will slow down soon, and latency targets with it.",
        runbook: remedy)
}

/// Alerts on a GPU that spends more than a share of its time below its clock.
private func slowed(
    _ name: String, _ metric: MetricName, _ share: Parameter, for cause: String, runbook: String
) -> PrometheusRule {
    let rate = PromQL.rate(metric, [], "5m")
    let most = (share.reasoned * Thresholds.nanoseconds.reasoned).named("most time below its clock", "ns/s")
    let slowed: ReasonedText = "\(worst("\(rate)")) > \(most)"
    return .alert(
        name, slowed.because("the time that it spends below its clock, against a share of all time"),
        hold: platformHold, severity: "warning", summary: "\(gpu) slows down for \(cause)",
        description: "It runs below its clock for a noticeable share of the time: the operating point no longer holds.",
        runbook: runbook)
}

private func heated(_ remedy: String) -> PrometheusRule {
    slowed(
        "GPUThermalThrottling", .thermalViolation, Thresholds.throttledShare, for: "heat",
        runbook: remedy)
}

private var starved: PrometheusRule {
    slowed(
        "GPUPowerThrottling", .powerViolation, Thresholds.powerThrottledShare, for: "lack of power",
        runbook: "Compare its power draw with others of its kind; if they slow down too, lower scaling.up of the model."
    )
}

private func faulty(_ replace: String) -> PrometheusRule {
    let codes = PromQL.select(.xidErrors, [])
    let others = applicationFaults.map { " != \($0)" }.joined()
    let faulty = worst("\(codes) > 0 <= \(Thresholds.highestXid)\(others)")
    return .alert(
        "GPUXidError",
        faulty.because(
            "the metric holds the last XID code, not a count; codes of application faults are left out"),
        hold: nil, severity: "critical", summary: "\(gpu) reports XID {{ $value }}",
        description: "The driver met an error that is not the application's: the GPU is not to be trusted.",
        runbook: "Look the code up in NVIDIA's XID list; \(replace), which also clears the alert.")
}

private var unheard: PrometheusRule {
    .alert(
        "GPUMetricsAbsent",
        Traced(
            "absent(\(PromQL.select(.gpuTemperature, [])))",
            .convention("every GPU has a temperature, also a divided one")),
        hold: platformHold, severity: "warning", summary: "no GPU reports metrics",
        description: "The DCGM exporter runs nowhere, or Prometheus does not scrape it.",
        runbook: "See the DaemonSet dcgm-exporter and its target in Prometheus.")
}
