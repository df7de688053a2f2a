import Diagnostics
import Groundwork
import YAML

/// Checks that GPUs that are claimed through DRA can be allocated.
func checkClaims(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let allocate = model.gpu.allocate
    guard allocate.value == .dra else {
        checkIdleClaimForm(model, platform, &report)
        checkSharedSlice(model, platform, &report)
        return
    }
    if platform.gpu.stack.value == .autoMode {
        report.error(
            "claims-with-auto-mode", "EKS Auto Mode does not support dynamic resource allocation", at: allocate.range,
            notes: [.init("the stack is chosen here", at: platform.gpu.stack.range)],
            help: devicePluginHelp([model], platform))
        return
    }
    checkClaimAPI(model, platform, &report)
    if platform.gpu.draDriver == nil {
        report.error(
            "claims-without-driver", "`\(model.name.value)` claims GPUs, and no driver would answer",
            at: allocate.range,
            notes: [.init("no DRA driver is declared here", at: platform.gpu.range)],
            help: [
                Help(
                    "if NVIDIA's DRA driver is installed, add `draDriver: \"0.4.1\"`",
                    platform.setting("gpu", "draDriver", to: "\"0.4.1\""))
            ])
    }
    if platform.gpu.ami.value.hasPrefix("bottlerocket") {
        report.error(
            "claims-on-bottlerocket",
            "`\(model.name.value)` claims GPUs that the device plugin inside Bottlerocket offers, too",
            at: allocate.range, label: "each GPU would be given out twice",
            notes: [.init("the AMI is named here", at: platform.gpu.ami.range)],
            help: ["an `al2023@…` AMI brings no device plugin of its own"] + devicePluginHelp([model], platform))
    }
    checkExtendedResource(model, platform, &report)
    checkDynamicMIG(model, platform, &report)
    checkClaimNodes(model, platform, &report)
}

/// Refuses releases that serve no claims, and warns of betas.
private func checkClaimAPI(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let kubernetes = platform.kubernetes
    let version = [Diagnostic.Note("the version is given here", at: kubernetes.range)]
    let stable = Component.kubernetes.first(.claimsV1)?.text ?? ""
    func help() -> [Help] {
        let newer = "run Kubernetes \(stable) or later, where `resource.k8s.io/v1` is served"
        let other = devicePluginHelp([model], platform, "\(newer), or ")
        return other.isEmpty ? [Help(newer)] : other
    }
    guard let asked = platform.gpu.draAPI else {
        guard !Component.kubernetes.offers(.claimsV1, at: kubernetes.value) else { return }
        let hasBeta = Component.kubernetes.offers(.claimsV1beta1, at: kubernetes.value)
        report.error(
            "claims-too-early", "Kubernetes \(kubernetes.value.text) has no stable dynamic resource allocation",
            at: model.gpu.allocate.range,
            label: hasBeta
                ? "a beta that \(Component.kubernetes.lost(.claimsV1beta1)?.text ?? "a later release") removes"
                : "switched off before \(Component.kubernetes.since(.claimsV1beta1).text)",
            notes: version,
            help: help()
                + (hasBeta ? ["to use the beta that EKS serves all the same, set `gpu: {draAPI: v1beta1}`"] : []))
        return
    }
    let state = Component.kubernetes.state(asked.value.feature, at: kubernetes.value)
    if !state.isAvailable {
        let row = Component.kubernetes.row(asked.value.feature, at: kubernetes.value)
        let served = ClaimAPI.allCases.filter { Component.kubernetes.offers($0.feature, at: kubernetes.value) }
        report.error(
            "claim-api-not-served",
            "Kubernetes \(kubernetes.value.text) does not serve `resource.k8s.io/\(asked.value.rawValue)`",
            at: asked.range, label: row?.how ?? "it came later", notes: version,
            help: served.isEmpty
                ? help()
                : [
                    Help(
                        "it serves \(served.map { "`\($0.rawValue)`" }.joined(separator: " and "))",
                        replacing: asked.range, by: served.map(\.rawValue))
                ])
    } else if asked.value != .v1 {
        report.warning(
            "beta-claims", "`resource.k8s.io/\(asked.value.rawValue)` is a beta, and Kubernetes \(stable) drops it",
            at: asked.range, label: "these objects must be made again for the next minor release", notes: version,
            help: ["from \(stable) on leave `draAPI` out"])
    }
}

/// Checks that an extended resource can stand for a claim.
private func checkExtendedResource(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let form = model.gpu.claim
    guard form.value == .extendedResource else { return }
    let kubernetes = platform.kubernetes
    if !Component.kubernetes.offers(.extendedResourceClaims, at: kubernetes.value) {
        let first = Component.kubernetes.first(.extendedResourceClaims)?.text ?? ""
        report.error(
            "extended-resource-too-early",
            "Kubernetes \(kubernetes.value.text) turns no extended resource into a claim", at: form.range,
            label: "dropped in silence before \(first)",
            notes: [.init("the version is given here", at: kubernetes.range)],
            help: [
                "run Kubernetes \(first) or later",
                Help("leave `claim` out: a template works on this release", .removing(form.range)),
            ])
    }
    switch model.gpu.share.value {
    case .whole, .mig(_, nil): break
    case .timeSlicing, .mps, .mig:
        report.error(
            "shared-extended-resource", "an extended resource stands for a device of its own", at: form.range,
            label: "`\(model.name.value)` shares one",
            notes: [.init("the sharing is chosen here", at: model.gpu.share.range)],
            help: [Help("leave `claim` out", .removing(form.range))])
    }
}

/// Warns of a form of claim where nothing is claimed.
private func checkIdleClaimForm(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard case .written = model.gpu.claim.origin else { return }
    let claim = claimHelp(model, platform, "claims them")
    report.warning(
        "idle-claim-form", "`\(model.name.value)` claims nothing", at: model.gpu.claim.range, label: "no effect",
        notes: [.init("the device plugin hands out its GPUs", at: model.gpu.allocate.range)],
        help: claim.isEmpty ? [Help("leave `claim` out", .removing(model.gpu.claim.range))] : claim)
}

/// Checks that nodes come for claims: a static pool keeps them ready, or Karpenter starts them.
private func checkClaimNodes(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let karpenter = platform.karpenter
    let version = karpenter.version.value
    let reason = dynamicObstacle(model, platform)
    let supply = nodeSupply(model, platform)
    let note = [Diagnostic.Note("Karpenter is described here", at: karpenter.range)]
    if supply.value == .dynamic, let reason {
        report.error(
            "no-nodes-for-claims", reason, at: model.gpu.nodes?.range ?? model.gpu.allocate.range,
            label: "its pods would wait for ever", notes: note,
            help: [
                Help(
                    "leave out `nodes: dynamic`: a static pool, with the gate `StaticCapacity`, keeps nodes ready",
                    together: [.removing(model.gpu.nodes?.range)] + platform.declaring(.staticCapacity)),
                Help(
                    "a managed node group has its nodes without Karpenter: `nodes: managed`",
                    model.setting("gpu", "nodes", to: "managed")),
            ])
    } else if supply.value == .static, platform.karpenter.isInstalled, !platform.has(.staticCapacity) {
        let wholeGPUs = model.gpu.share.value == .whole && model.gpu.claim.value == .template
        report.error(
            "claims-without-static-capacity", reason ?? "nothing keeps static nodes for `\(model.name.value)`",
            at: model.gpu.nodes?.range ?? model.gpu.allocate.range, label: "its pods would wait for ever", notes: note,
            help: staticCapacityHelp(model, platform)
                + (wholeGPUs && reason != nil ? [dynamicClaimsHelp(platform)] : []) + shareHelp(model, platform)
                + devicePluginHelp([model], platform, "", "works with Karpenter \(version.text)"))
    }
}

/// How nodes stand ready for a model's claims.
private func staticCapacityHelp(_ model: ModelSpec, _ platform: PlatformSpec) -> [Help] {
    [
        Help(
            "a static pool keeps nodes ready: turn on the gate and declare `featureGates: [StaticCapacity]`",
            together: platform.declaring(.staticCapacity)),
        Help(
            "a managed node group has its nodes without Karpenter: `gpu: {nodes: managed}`",
            model.setting("gpu", "nodes", to: "managed")),
    ]
}

/// With which Karpenter nodes are started for claims.
private func dynamicClaimsHelp(_ platform: PlatformSpec) -> Help {
    let first = Component.karpenter.first(.dynamicClaims)?.text ?? ""
    let isOld = !Component.karpenter.offers(.dynamicClaims, at: platform.karpenter.version.value)
    return Help(
        "or run Karpenter \(first) or later with `settings.enableDRA`, and declare `enableDRA: true`",
        together: [platform.setting("karpenter", "enableDRA", to: "true")]
            + (isOld ? [.replacing(platform.karpenter.version.range, by: "\"\(first)\"")] : []))
}

/// Why Karpenter starts no node for a model's claims, in a sentence; nil where it does.
private func dynamicObstacle(_ model: ModelSpec, _ platform: PlatformSpec) -> String? {
    let version = platform.karpenter.version.value
    guard Component.karpenter.offers(.dynamicClaims, at: version) else {
        return "Karpenter \(version.text) launches no node for a claim"
    }
    guard canBeDynamic(model, platform) else {
        switch (claiming(model, platform), model.gpu.share.value) {
        case (.own, .mig): return "Karpenter \(version.text) launches no node for a claim of a MIG slice"
        case (.shared, _): return "Karpenter \(version.text) launches no node for a claim that pods share"
        default: return "Karpenter \(version.text) launches no node for an extended resource that stands for a claim"
        }
    }
    return platform.karpenter.enableDRA.value
        ? nil : "Karpenter \(version.text) launches nodes for claims only when its Helm values say so"
}

/// Checks that the claims of all models can live with one installation of the driver, whose settings are global.
func checkDriverModes(_ spec: ClusterSpec, _ report: inout Report) {
    let sharers = spec.models.compactMap { model -> (model: ModelSpec, shares: Int)? in
        if case .shares(let count) = claiming(model, spec.platform) { (model, count) } else { nil }
    }
    guard let first = sharers.first else { return }
    let chosen = Diagnostic.Note(
        "`\(first.model.name.value)` has each GPU cut into \(first.shares) shares", at: first.model.gpu.share.range)
    for other in sharers.dropFirst() where other.shares != first.shares {
        report.error(
            "shares-of-two-sizes", "the DRA driver cuts every GPU into the same number of shares",
            at: other.model.gpu.share.range, label: "\(other.shares) here", notes: [chosen],
            help: ["give both models the same number"]
                + devicePluginHelp([other.model], spec.platform, "", "has a number for each pool"))
    }
    for model in spec.models where model.gpu.allocate.value == .dra {
        let reason: String
        switch model.gpu.share.value {
        case .mps: reason = "the DRA driver does not share by MPS while it hands out shares"
        case .mig: reason = "the DRA driver's shares are those of whole GPUs"
        case .whole, .timeSlicing: continue
        }
        report.error(
            "shares-beside-another-mode", reason, at: model.gpu.share.range, label: "cannot be served beside shares",
            notes: [chosen],
            help: devicePluginHelp([model], spec.platform, "", "for `\(model.name.value)`"))
    }
}

/// The releases with which each pod of a time-sliced GPU claims a share of its own, where the declared ones are older.
private func shareHelp(_ model: ModelSpec, _ platform: PlatformSpec) -> [Help] {
    guard case .timeSlicing = model.gpu.share.value, !platform.hasConsumableShares,
        let kubernetes = Component.kubernetes.first(.consumableCapacity),
        let driver = Component.draDriver.first(.consumableShares),
        let karpenter = Component.karpenter.first(.dynamicConsumableCapacity)
    else { return [] }
    return [
        Help(
            "with Kubernetes \(kubernetes.text) and the DRA driver \(driver.text) each pod claims a share, for which Karpenter "
                + "\(karpenter.text) starts nodes")
    ]
}
