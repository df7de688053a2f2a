import Diagnostics
import Groundwork
import YAML

/// Checks that a model can scale to zero and from zero.
func checkScaleToZero(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard let replicas = model.replicas, replicas.min.value == 0, model.scaling.by.value != .none else { return }
    let name = model.name.value
    let one = model.setting("replicas", "min", to: "1")
    let zero = Diagnostic.Note("scaling to zero is enabled here", at: replicas.min.range)
    if model.scaling.by.value == .hpa {
        let keda = model.scaledByKEDA(on: platform)
        report.error(
            "scale-to-zero-without-keda", "a HorizontalPodAutoscaler does not scale below one replica",
            at: model.scaling.by.range,
            label: "cannot scale `\(name)` to zero", notes: [zero],
            help: [Help("set \(keda.words), or `min: 1`", anyOf: [keda.changes, [one]])])
    }
    if !model.scaling.on.contains(where: { $0.value == .requests }) {
        let signals = model.scaling.on.map(\.value.rawValue)
        let list = "[\(signals.joined(separator: ", ")), requests]"
        let isCounted = platform.monitoring.gateway.map { $0.value.countsAtZero } ?? false
        let gateway = isCounted ? [] : [platform.setting("monitoring", "gateway", to: "istio")]
        report.error(
            "scale-to-zero",
            "`\(name)` would not scale up from zero: \(enumerated(signals)) \(signals.count == 1 ? "is" : "are") measured in its own pods, and at zero there are none",
            at: replicas.min.range, label: "would stay at zero replicas",
            help: [
                Help(
                    "set `scaling: {signal: \(list)}`\(isCounted ? "" : " with `platform: {monitoring: {gateway: istio}}`") to scale up on requests at the gateway",
                    together: [model.setting("scaling", "signal", to: list)] + gateway),
                Help("or set `min: 1`", one),
            ])
    } else if let gateway = platform.monitoring.gateway, !gateway.value.countsAtZero {
        report.error(
            "scale-to-zero-without-gateway",
            "`\(name)` would not scale up from zero: Envoy Gateway does not count requests to a Service without pods",
            at: replicas.min.range, label: "would stay at zero replicas",
            notes: [.init("the gateway is set here", at: gateway.range)],
            help: [Help("set `min: 1`; Istio and ingress-nginx count such requests", one)])
    }
    if !platform.monitoring.kubeStateMetrics.value {
        report.error(
            "scale-to-zero-without-kube-state-metrics",
            "without kube-state-metrics, `\(name)` scaled to zero looks the same as `\(name)` without metrics",
            at: platform.monitoring.kubeStateMetrics.range, label: "not installed", notes: [zero],
            help: [Help("install kube-state-metrics, or set `min: 1`", one)])
    }
    if let availability = model.sla.availability {
        report.warning(
            "latency-target-at-zero-replicas", "requests to `\(name)` scaled to zero fail until a replica has started",
            at: availability.range,
            label: "each of them consumes the error budget", notes: [zero],
            help: [Help("set `min: 1`, or lower the availability objective", one)])
    }
}
