import Diagnostics
import Groundwork
import YAML

/// Checks how a model scales.
func checkScaling(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let scaling = model.scaling
    if scaling.by.value == .none {
        if let replicas = model.replicas, replicas.min.value != replicas.max.value {
            let keda = model.scaledByKEDA(on: platform)
            report.error(
                "range-without-autoscaler",
                "`\(model.name.value)` has a range of \(replicas.min.value) to \(replicas.max.value) replicas but no autoscaler",
                at: scaling.by.range, label: "no autoscaler",
                notes: [.init("the range is set here", at: replicas.range)],
                help: [
                    Help("set `min` and `max` to the same number, or \(keda.words)", together: keda.changes)
                ])
        }
        let written =
            scaling.on.map(\.range) + [scaling.up?.range, scaling.down?.range, scaling.cooldownSeconds?.range]
            + scaling.schedule.map(\.range)
        if let idle = written.compactMap({ $0 }).first {
            report.warning(
                "scaling-without-effect", "`\(model.name.value)` does not scale", at: idle, label: "no effect",
                notes: [.init("the autoscaler is disabled here", at: scaling.by.range)])
        }
    }
    reportRepeated(scaling.on.map { ($0.value.rawValue, $0.range) }, "the signal", &report)
    for signal in scaling.on where signal.value == .gpuUtilization {
        let isExtra = scaling.on.contains { $0.value == .concurrency }
        let other = isExtra ? NodeChange.removing(signal.range) : .replacing(signal.range, by: "concurrency")
        if case .mig = model.gpu.share.value {
            report.error(
                "utilization-of-mig", "a MIG instance has no GPU utilization metric", at: signal.range,
                label: "not measured by DCGM", notes: [.init("MIG is set here", at: model.gpu.share.range)],

                help: [Help("scale on `concurrency`", other)])
        } else {
            report.warning(
                "saturating-signal", "GPU utilization of an LLM server is near 100% even under light load",
                at: signal.range,
                label: "does not measure the load",
                help: [Help("scale on `concurrency`, which grows with the load", other)])
        }
    }
    if let requests = scaling.on.first(where: { $0.value == .requests }), platform.monitoring.gateway == nil {
        report.error(
            "requests-without-gateway", "`\(model.name.value)` scales on requests, but no gateway counts them",
            at: requests.range,
            label: "requires `monitoring.gateway`",
            notes: [.init("monitoring is configured here", at: platform.monitoring.range)],
            help: [
                Help(
                    "set the gateway: `platform: {monitoring: {gateway: istio}}`",
                    platform.setting("monitoring", "gateway", to: "istio"))
            ])
    }
    checkScaleToZero(model, platform, &report)
    guard !platform.monitoring.kubeStateMetrics.value,
        !Component.kubernetes.offers(.hpaTolerance, at: platform.kubernetes.value),
        let down = scaling.down
    else { return }
    report.warning(
        "scale-down-without-effect",
        "the HPA of Kubernetes \(platform.kubernetes.value.text) has one target for scaling in and out",
        at: down.range,
        label: "no effect",
        notes: [
            .init(
                "without kube-state-metrics, no query can keep a gap between the thresholds",
                at: platform.monitoring.kubeStateMetrics.range)
        ],
        help: [
            "install kube-state-metrics, or use Kubernetes \(Component.kubernetes.since(.hpaTolerance).text), whose HPA has tolerances"
        ])
}

/// Checks that the autoscalers of models are installed, and that no two models adopt the same HPA.
func checkAutoscalers(_ spec: ClusterSpec, _ report: inout Report) {
    reportRepeated(
        spec.models.compactMap { $0.scaling.adopt.map { ($0.value, $0.range) } }, "the autoscaler to adopt", &report
    )
    reportAbsent(spec, .keda, spec.platform.autoscaler.keda, .keda, key: "keda", &report)
    reportAbsent(
        spec, .hpa, spec.platform.autoscaler.prometheusAdapter, .prometheusAdapter, key: "prometheusAdapter", &report)
}

private func reportAbsent(
    _ spec: ClusterSpec, _ autoscaler: Autoscaler, _ installed: Traced<Version>?, _ component: Component, key: String,
    _ report: inout Report
) {
    let (name, version) = (component.words, component.assumed.text)
    guard installed == nil else { return }
    let users = spec.models.filter {
        $0.scaling.by.value == autoscaler && ($0.replicas.map { $0.min.value != $0.max.value } ?? true)
    }
    guard let first = users.first else { return }
    let more = users.count == 1 ? "" : " and \(users.count - 1) more"
    let chosen = first.scaling.by.range
    report.error(
        "autoscaler-not-installed", "`\(first.name.value)`\(more) would be scaled by \(name), which is not installed",
        at: chosen ?? first.range, label: chosen == nil ? "scaled by \(name) by default" : "set here",
        notes: [.init("the platform is configured here", at: spec.platform.range)],
        help: [
            Help(
                "if it is installed, add `autoscaler: {\(key): \"\(version)\"}` to `platform`",
                spec.platform.setting("autoscaler", key, to: "\"\(version)\""))
        ])
}
