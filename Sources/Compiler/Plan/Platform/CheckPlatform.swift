import Diagnostics

/// Checks what the platform cannot do for the shapes that were chosen.
func checkPlatform(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ report: inout Report) {
    if spec.platform.gpu.stack.value == .autoMode {
        report.error(
            "auto-mode-not-built", "EKS Auto Mode is not built yet", at: spec.platform.gpu.stack.range,
            label: "its node classes are of another kind than Karpenter's own",
            help: ["`stack: none` or `stack: operator`, with Karpenter installed by yourself"])
    }
    for model in models {
        checkSharing(model, spec, &report)
        checkSpot(model, spec, &report)
        checkWeightsImage(model, spec, &report)
    }
    if let hours = spec.businessHours, TimeZoneRow.named(spec.platform.timezone.value) == nil {
        let near = closest(to: spec.platform.timezone.value, among: TimeZoneRow.all.map(\.name))
        report.error(
            "unknown-timezone", "`\(spec.platform.timezone.value)` is not a time zone that Stowage knows",
            at: spec.platform.timezone.range, label: "business hours cannot be turned into UTC",
            notes: [.init("business hours are given here", at: hours.range)],
            help: near.map { ["did you mean `\($0)`?"] } ?? [])
    }
    for name in spec.instances.prefer + spec.instances.avoid
    where !Catalog.instanceTypes.contains(where: { $0.isNamed(name.value) }) {
        let names = Catalog.instanceTypes.map(\.name) + Catalog.instanceTypes.map(\.family)
        report.warning(
            "unknown-instance", "the catalog has no instance type or family called `\(name.value)`", at: name.range,
            label: "no effect", help: closest(to: name.value, among: names).map { ["did you mean `\($0)`?"] } ?? [])
    }
    for price in spec.platform.prices where Catalog.instanceType(named: price.type.value) == nil {
        report.error(
            "unknown-instance", "the catalog has no instance type called `\(price.type.value)`", at: price.type.range,
            label: "a price for nothing",
            help: closest(to: price.type.value, among: Catalog.instanceTypes.map(\.name)).map {
                ["did you mean `\($0)`?"]
            } ?? [])
    }
}

/// Sharing needs somebody who cuts the GPUs.
private func checkSharing(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    let share = model.spec.gpu.share
    if case .mps = share.value {
        report.error(
            "mps-not-built", "MPS is not built yet", at: share.range, label: "nobody would start the MPS daemon",
            help: ["`time-slicing` shares without isolation, `mig` with isolation"])
    }
    guard model.layout != .whole else { return }
    if spec.platform.gpu.ami.value.hasPrefix("bottlerocket") {
        report.error(
            "sharing-on-bottlerocket",
            "`\(model.name)` shares GPUs, and on Bottlerocket the AMI's own device plugin must do that",
            at: share.range, label: "this needs Bottlerocket settings, which are not built yet",
            notes: [.init("the AMI is named here", at: spec.platform.gpu.ami.range)],
            help: ["use an `al2023@…` AMI for shared GPUs"])
    }
    if case .mig = model.layout, spec.platform.gpu.stack.value == .none, !spec.platform.gpu.migManager.value {
        report.error(
            "mig-without-manager", "`\(model.name)` needs MIG instances, and nothing on the node would cut them",
            at: share.range, label: "a label alone changes no GPU",
            notes: [.init("the MIG manager is switched off here", at: spec.platform.gpu.migManager.range)],
            help: ["leave `platform.gpu.migManager` at `true`, or use `stack: operator`"])
    }
}

/// A surge that goes down to none needs KEDA.
private func checkSpot(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    guard model.usesSpot else { return }
    if model.spec.scaling.by.value == .hpa {
        report.error(
            "spot-without-keda", "`\(model.name)` may use spot, and its surge must be able to go down to no replica",
            at: model.spec.scaling.by.range, label: "a HorizontalPodAutoscaler stops at one",
            notes: [.init("spot is allowed here", at: model.spot.range)],
            help: ["`scaling: {by: keda}`, or `instances: {spot: never}` for this model"])
    }
    if !spec.platform.monitoring.kubeStateMetrics.value {
        report.error(
            "surge-without-replica-count", "the surge of `\(model.name)` is sized from the replicas that are there",
            at: spec.platform.monitoring.kubeStateMetrics.range,
            label: "kube-state-metrics counts them, and there is none",
            help: ["install kube-state-metrics, or `instances: {spot: never}`"])
    }
}

/// Image volumes are young.
private func checkWeightsImage(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    guard case .image = model.spec.weights.from.value, !spec.platform.kubernetes.value.isAtLeast(1, 35) else { return }
    report.error(
        "image-volume-too-early",
        "weights from an image need image volumes, which Kubernetes switches on by default from 1.35",
        at: model.spec.weights.from.range, label: "not on \(spec.platform.kubernetes.value.minorText)",
        notes: [.init("the version is given here", at: spec.platform.kubernetes.range)],
        help: ["take the weights from `s3://` or a volume claim"])
}
