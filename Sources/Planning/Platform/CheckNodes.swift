import Diagnostics
import Groundwork
import YAML

/// Checks what nodes, time zones and Kubernetes cannot do for a spec, before anything is placed.
func checkNodes(_ spec: ClusterSpec, _ report: inout Report) {
    if spec.platform.gpu.stack.value == .autoMode {
        report.error(
            "auto-mode-not-built", "EKS Auto Mode is not built yet", at: spec.platform.gpu.stack.range,
            label: "its node classes are of another kind than Karpenter's own",
            help: ["`stack: none` or `stack: operator`, with an `ami` and with Karpenter installed by yourself"])
    }
    for model in spec.models {
        checkCutting(model, spec.platform, &report)
        checkWeightsImage(model, spec.platform, &report)
    }
    let schedule = spec.models.flatMap(\.scaling.schedule).first?.range
    guard let use = spec.businessHours?.range ?? schedule, Catalog.timeZone(named: spec.platform.timezone.value) == nil
    else {
        return
    }
    let near = TimeZoneRow.near(spec.platform.timezone.value)
    report.error(
        "unknown-timezone", "no time zone is called `\(spec.platform.timezone.value)`",
        at: spec.platform.timezone.range,
        label: spec.businessHours == nil ? "no clock to go by" : "business hours cannot be turned into UTC",
        notes: [.init("\(spec.businessHours == nil ? "the schedule is" : "business hours are") given here", at: use)],
        help: near.map { [Help(meaning: $0, at: spec.platform.timezone.range)] } ?? [
            "names are those of the IANA database, such as `Europe/Berlin`"
        ])
}

/// Sharing needs somebody who cuts the GPUs.
private func checkCutting(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let share = model.gpu.share
    guard share.value != .whole, model.gpu.allocate.value == .devicePlugin || share.value.isMIG else { return }
    if let bottlerocket = platform.gpu.bottlerocket {
        checkBottlerocket(model, platform, bottlerocket, &report)
    } else if case .mig = share.value, platform.gpu.stack.value == .none, !platform.gpu.migManager.value,
        !(platform.gpu.dynamicMIG.value && model.gpu.allocate.value == .dra)
    {
        report.error(
            "mig-without-manager", "`\(model.name.value)` needs MIG instances, and nothing on the node would cut them",
            at: share.range, label: "a label alone changes no GPU",
            notes: [.init("the MIG manager is switched off here", at: platform.gpu.migManager.range)],
            help: [
                Help(
                    "leave out `migManager: false`, or use `stack: operator`",
                    .removing(platform.gpu.migManager.range), platform.setting("gpu", "stack", to: "operator"))
            ])
    }
}

/// Bottlerocket's own device plugin shares GPUs as its settings say, as far as its release can.
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
        "`\(model.name.value)` shares GPUs, and on Bottlerocket the AMI's own device plugin must do that",
        at: model.gpu.share.range,
        label: first.map { "its settings know this from \($0.text) on" }
            ?? Component.bottlerocket.row(feature, at: version)?.how ?? "not in \(version.text)",
        notes: [.init("the AMI is named here", at: platform.gpu.ami.range)],
        help: (first.map { first in
            [
                Help(
                    "pin `bottlerocket@v\(first.text).0` or later", replacing: platform.gpu.ami.range,
                    by: ["bottlerocket@v\(first.text).0"])
            ]
        } ?? []) + ["an `al2023@…` AMI can share GPUs"]
    )
}

/// Image volumes are young.
private func checkWeightsImage(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard case .image = model.weights.from.value,
        !Component.kubernetes.offers(.imageVolume, at: platform.kubernetes.value)
    else { return }
    report.error(
        "image-volume-too-early",
        "weights from an image need image volumes, which Kubernetes switches on by default from \(Component.kubernetes.since(.imageVolume).text)",
        at: model.weights.from.range, label: "not on \(platform.kubernetes.value.minorText)",
        notes: [.init("the version is given here", at: platform.kubernetes.range)],
        help: ["take the weights from `s3://` or a volume claim, `pvc://`"])
}

/// Checks that the surge of a model on spot can go down to none and be counted.
func checkSurge(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    guard model.usesSpot else { return }
    let allowed = [Diagnostic.Note("spot is allowed here", at: model.nodes.spot.range)]
    if model.spec.scaling.by.value == .hpa {
        let keda = model.spec.scaledByKEDA(on: spec.platform, as: "scaling: {by: keda}")
        report.error(
            "spot-without-keda",
            "`\(model.name)` may use spot, and its surge there must be able to go down to no replica",
            at: model.spec.scaling.by.range, label: "a HorizontalPodAutoscaler stops at one", notes: allowed,
            help: [
                Help(
                    "\(keda.words), or `instances: {spot: never}` for this model",
                    anyOf: [keda.changes, [model.spec.setting("instances", "spot", to: "never")]])
            ])
    }
    if !spec.platform.monitoring.kubeStateMetrics.value {
        report.error(
            "surge-without-replica-count",
            "`\(model.name)` may use spot, and its surge there is sized by the replicas that run",
            at: spec.platform.monitoring.kubeStateMetrics.range,
            label: "kube-state-metrics would count them, and there is none",
            notes: allowed,
            help: [
                Help(
                    "install kube-state-metrics, or `instances: {spot: never}`",
                    model.spec.setting("instances", "spot", to: "never"))
            ])
    }
}
