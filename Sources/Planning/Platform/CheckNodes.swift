import Diagnostics
import Groundwork
import YAML

/// Checks what nodes, time zones and Kubernetes do not support, before anything is placed.
func checkNodes(_ spec: ClusterSpec, _ report: inout Report) {
    if spec.platform.gpu.stack.value == .autoMode {
        report.error(
            "auto-mode-not-built", "EKS Auto Mode is not supported yet", at: spec.platform.gpu.stack.range,
            label: "its node classes differ from Karpenter's EC2NodeClass",
            help: ["set `stack: none` or `stack: operator` with an `ami`, and install Karpenter yourself"])
    }
    for model in spec.models {
        checkPartitioning(model, spec.platform, &report)
        checkWeightsImage(model, spec.platform, &report)
    }
    let schedule = spec.models.flatMap(\.scaling.schedule).first?.range
    guard let use = spec.businessHours?.range ?? schedule, Catalog.timeZone(named: spec.platform.timezone.value) == nil
    else {
        return
    }
    let near = TimeZoneRow.near(spec.platform.timezone.value)
    report.error(
        "unknown-timezone", "`\(spec.platform.timezone.value)` is not a time zone",
        at: spec.platform.timezone.range,
        label: spec.businessHours == nil
            ? "the schedule has no valid time zone" : "business hours cannot be converted to UTC",
        notes: [.init("\(spec.businessHours == nil ? "the schedule is" : "business hours are") set here", at: use)],
        help: near.map { [Help(meaning: $0, at: spec.platform.timezone.range)] } ?? [
            "use a name from the IANA database, such as `Europe/Berlin`"
        ])
}

/// MIG and sharing on Bottlerocket need support on the node.
private func checkPartitioning(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let share = model.gpu.share
    guard share.value != .whole, model.gpu.allocate.value == .devicePlugin || share.value.isMIG else { return }
    if let bottlerocket = platform.gpu.bottlerocket {
        checkBottlerocket(model, platform, bottlerocket, &report)
    } else if case .mig = share.value, platform.gpu.stack.value == .none, !platform.gpu.migManager.value,
        !(platform.gpu.dynamicMIG.value && model.gpu.allocate.value == .dra)
    {
        report.error(
            "mig-without-manager", "`\(model.name.value)` needs MIG instances, and nothing on the node creates them",
            at: share.range, label: "a label alone does not partition a GPU",
            notes: [.init("the MIG manager is turned off here", at: platform.gpu.migManager.range)],
            help: [
                Help(
                    "remove `migManager: false`, or set `stack: operator`",
                    .removing(platform.gpu.migManager.range), platform.setting("gpu", "stack", to: "operator"))
            ])
    }
}

/// Bottlerocket's own device plugin shares GPUs by its settings, if its release supports it.
private func checkBottlerocket(
    _ model: ModelSpec, _ platform: PlatformSpec, _ version: Version, _ report: inout Report
) {
    let feature: Feature
    switch model.gpu.share.value {
    case .whole: return
    case .mig: feature = .migSingle
    case .timeSlicing: feature = .timeSlicing
    case .mps: feature = .mps
    }
    guard !Component.bottlerocket.offers(feature, at: version) else { return }
    let first = Component.bottlerocket.first(feature)
    report.error(
        "sharing-on-bottlerocket",
        "`\(model.name.value)` shares GPUs, which on Bottlerocket only the AMI's own device plugin can do",
        at: model.gpu.share.range,
        label: first.map { "supported since \($0.text)" }
            ?? Component.bottlerocket.row(feature, at: version)?.how ?? "not supported in \(version.text)",
        notes: [.init("the AMI is set here", at: platform.gpu.ami.range)],
        help: (first.map { first in
            [
                Help(
                    "pin `bottlerocket@v\(first.text).0` or later", replacing: platform.gpu.ami.range,
                    by: ["bottlerocket@v\(first.text).0"])
            ]
        } ?? []) + ["or use an `al2023@…` AMI, which can share GPUs"]
    )
}

/// Image volumes require a recent release of Kubernetes.
private func checkWeightsImage(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard case .image = model.weights.from.value,
        !Component.kubernetes.offers(.imageVolume, at: platform.kubernetes.value)
    else { return }
    report.error(
        "image-volume-too-early",
        "weights from an image need image volumes, which Kubernetes enables by default since \(Component.kubernetes.since(.imageVolume).text)",
        at: model.weights.from.range, label: "not enabled in \(platform.kubernetes.value.minorText)",
        notes: [.init("the version is set here", at: platform.kubernetes.range)],
        help: ["use weights from `s3://`, or from a PersistentVolumeClaim with `pvc://`"])
}

/// Checks that the surge of a model on spot can scale to zero and be counted.
func checkSurge(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    guard model.usesSpot else { return }
    let allowed = [Diagnostic.Note("spot is allowed here", at: model.nodes.spot.range)]
    if model.spec.scaling.by.value == .hpa {
        let keda = model.spec.scaledByKEDA(on: spec.platform, as: "scaling: {by: keda}")
        report.error(
            "spot-without-keda",
            "`\(model.name)` may use spot, so its surge must be able to scale to zero",
            at: model.spec.scaling.by.range, label: "a HorizontalPodAutoscaler stops at one replica", notes: allowed,
            help: [
                Help(
                    "set \(keda.words), or `instances: {spot: never}` for this model",
                    anyOf: [keda.changes, [model.spec.setting("instances", "spot", to: "never")]])
            ])
    }
    if !spec.platform.monitoring.kubeStateMetrics.value {
        report.error(
            "surge-without-kube-state-metrics",
            "`\(model.name)` may use spot, and its surge depends on the number of running replicas",
            at: spec.platform.monitoring.kubeStateMetrics.range,
            label: "requires kube-state-metrics, which is turned off",
            notes: allowed,
            help: [
                Help(
                    "install kube-state-metrics, or set `instances: {spot: never}`",
                    model.spec.setting("instances", "spot", to: "never"))
            ])
    }
}
