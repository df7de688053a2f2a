import Diagnostics

/// Checks that a model without a replica would be woken again, and put to sleep again.
func checkSleep(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard let replicas = model.replicas, replicas.min.value == 0, model.scaling.by.value != .none else { return }
    let name = model.name.value
    let zero = Diagnostic.Note("zero is allowed here", at: replicas.min.range)
    if model.scaling.by.value == .hpa {
        report.error(
            "sleep-without-keda", "a HorizontalPodAutoscaler stops at one replica", at: model.scaling.by.range,
            label: "cannot put `\(name)` to sleep", notes: [zero], help: ["`by: keda`, or `min: 1`"])
    }
    if !model.scaling.on.contains(where: { $0.value == .requests }) {
        let signals = model.scaling.on.map(\.value.rawValue)
        report.error(
            "scale-to-zero",
            "nothing would wake `\(name)`: \(enumerated(signals)) \(signals.count == 1 ? "is" : "are") measured in its own pods, and at zero there are none",
            at: replicas.min.range, label: "asleep for ever",
            help: [
                "`scaling: {signal: [\(signals.joined(separator: ", ")), requests]}` with `platform: {monitoring: {gateway: istio}}` wakes it by requests at the gateway",
                "or write `min: 1`",
            ])
    } else if let gateway = platform.monitoring.gateway, !GatewayRequests.countsWhileAsleep(gateway.value) {
        report.error(
            "uncounted-while-asleep",
            "nothing would wake `\(name)`: Envoy Gateway counts no requests to a Service without pods",
            at: replicas.min.range, label: "asleep for ever",
            notes: [.init("the gateway is named here", at: gateway.range)],
            help: ["write `min: 1`; Istio and ingress-nginx count such requests"])
    }
    if !platform.monitoring.kubeStateMetrics.value {
        report.error(
            "sleep-without-replica-count",
            "only kube-state-metrics tells a sleeping `\(name)` from one that is not heard of",
            at: platform.monitoring.kubeStateMetrics.range, label: "there is none", notes: [zero],
            help: ["install kube-state-metrics, or write `min: 1`"])
    }
    if let availability = model.sla.availability {
        report.warning(
            "promise-while-asleep", "requests that wake `\(name)` fail until a replica has started",
            at: availability.range,
            label: "each of them burns the error budget", notes: [zero], help: ["write `min: 1`, or promise less"])
    }
}
