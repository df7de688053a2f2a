import Diagnostics
import Groundwork
import YAML

/// Checks that a model without a replica would be woken again, and put to sleep again.
func checkSleep(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard let replicas = model.replicas, replicas.min.value == 0, model.scaling.by.value != .none else { return }
    let name = model.name.value
    let one = model.setting("replicas", "min", to: "1")
    let zero = Diagnostic.Note("zero is allowed here", at: replicas.min.range)
    if model.scaling.by.value == .hpa {
        let keda = model.scaledByKEDA(on: platform)
        report.error(
            "sleep-without-keda", "a HorizontalPodAutoscaler stops at one replica", at: model.scaling.by.range,
            label: "cannot put `\(name)` to sleep", notes: [zero],
            help: [Help("\(keda.words), or `min: 1`", anyOf: [keda.changes, [one]])])
    }
    if !model.scaling.on.contains(where: { $0.value == .requests }) {
        let signals = model.scaling.on.map(\.value.rawValue)
        let list = "[\(signals.joined(separator: ", ")), requests]"
        let isCounted = platform.monitoring.gateway.map { $0.value.countsWhileAsleep } ?? false
        let gateway = isCounted ? [] : [platform.setting("monitoring", "gateway", to: "istio")]
        report.error(
            "scale-to-zero",
            "nothing would wake `\(name)`: \(enumerated(signals)) \(signals.count == 1 ? "is" : "are") measured in its own pods, and at zero there are none",
            at: replicas.min.range, label: "asleep for ever",
            help: [
                Help(
                    "`scaling: {signal: \(list)}`\(isCounted ? "" : " with `platform: {monitoring: {gateway: istio}}`") wakes it by requests at the gateway",
                    together: [model.setting("scaling", "signal", to: list)] + gateway),
                Help("or write `min: 1`", one),
            ])
    } else if let gateway = platform.monitoring.gateway, !gateway.value.countsWhileAsleep {
        report.error(
            "uncounted-while-asleep",
            "nothing would wake `\(name)`: Envoy Gateway counts no requests to a Service without pods",
            at: replicas.min.range, label: "asleep for ever",
            notes: [.init("the gateway is named here", at: gateway.range)],
            help: [Help("write `min: 1`; Istio and ingress-nginx count such requests", one)])
    }
    if !platform.monitoring.kubeStateMetrics.value {
        report.error(
            "sleep-without-replica-count",
            "only kube-state-metrics tells a sleeping `\(name)` from one that is not heard of",
            at: platform.monitoring.kubeStateMetrics.range, label: "there is none", notes: [zero],
            help: [Help("install kube-state-metrics, or write `min: 1`", one)])
    }
    if let availability = model.sla.availability {
        report.warning(
            "promise-while-asleep", "requests that wake `\(name)` fail until a replica has started",
            at: availability.range,
            label: "each of them burns the error budget", notes: [zero],
            help: [Help("write `min: 1`, or promise less", one)])
    }
}
