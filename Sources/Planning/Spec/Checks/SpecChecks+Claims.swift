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
            "dra-with-auto-mode", "EKS Auto Mode does not support dynamic resource allocation", at: allocate.range,
            notes: [.init("the stack is set here", at: platform.gpu.stack.range)],
            help: devicePluginHelp([model], platform))
        return
    }
    checkClaimAPI(model, platform, &report)
    if platform.gpu.draDriver == nil {
        report.error(
            "dra-without-driver", "`\(model.name.value)` claims GPUs, but no DRA driver is installed",
            at: allocate.range,
            notes: [.init("`draDriver` is not set here", at: platform.gpu.range)],
            help: [
                Help(
                    "if the NVIDIA DRA driver is installed, set `draDriver: \"0.4.1\"`",
                    platform.setting("gpu", "draDriver", to: "\"0.4.1\""))
            ])
    }
    if platform.gpu.ami.value.family == .bottlerocket {
        report.error(
            "dra-on-bottlerocket",
            "`\(model.name.value)` claims GPUs that the built-in device plugin of Bottlerocket also allocates",
            at: allocate.range, label: "each GPU would be allocated twice",
            notes: [.init("the AMI is set here", at: platform.gpu.ami.range)],
            help: ["use an `al2023@…` AMI, which has no built-in device plugin"] + devicePluginHelp([model], platform))
    }
    checkExtendedResource(model, platform, &report)
    checkDynamicMIG(model, platform, &report)
    checkClaimNodes(model, platform, &report)
}

/// Rejects releases that serve no claims, and warns of betas.
private func checkClaimAPI(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let kubernetes = platform.kubernetes
    let version = [Diagnostic.Note("the version is set here", at: kubernetes.range)]
    let stable = Component.kubernetes.first(.claimsV1)?.text ?? ""
    func help() -> [Help] {
        let newer = "use Kubernetes \(stable) or later, which serves `resource.k8s.io/v1`"
        let other = devicePluginHelp([model], platform, "\(newer), or ")
        return other.isEmpty ? [Help(newer)] : other
    }
    guard let asked = platform.gpu.draAPI else {
        guard !Component.kubernetes.offers(.claimsV1, at: kubernetes.value) else { return }
        let hasBeta = Component.kubernetes.offers(.claimsV1beta1, at: kubernetes.value)
        report.error(
            "dra-too-early", "Kubernetes \(kubernetes.value.text) has no stable dynamic resource allocation (DRA)",
            at: model.gpu.allocate.range,
            label: hasBeta
                ? "a beta API, which \(stable) no longer serves by default"
                : "disabled before \(Component.kubernetes.since(.claimsV1beta1).text)",
            notes: version,
            help: help()
                + (hasBeta ? ["to use the beta API, which EKS serves, set `gpu: {draAPI: v1beta1}`"] : []))
        return
    }
    let state = Component.kubernetes.state(asked.value.feature, at: kubernetes.value)
    if !state.isAvailable {
        let row = Component.kubernetes.row(asked.value.feature, at: kubernetes.value)
        let served = ClaimAPI.allCases.filter { Component.kubernetes.offers($0.feature, at: kubernetes.value) }
        report.error(
            "dra-api-not-served",
            "Kubernetes \(kubernetes.value.text) does not serve `resource.k8s.io/\(asked.value.rawValue)`",
            at: asked.range, label: row?.how ?? "added in a later release", notes: version,
            help: served.isEmpty
                ? help()
                : [
                    Help(
                        "set `draAPI` to \(served.map { "`\($0.rawValue)`" }.joined(separator: " or "))",
                        replacing: asked.range, by: served.map(\.rawValue))
                ])
    } else if asked.value != .v1 {
        report.warning(
            "dra-beta-api",
            "`resource.k8s.io/\(asked.value.rawValue)` is a beta API, and Kubernetes \(stable) no longer serves it by default",
            at: asked.range, label: "objects must be recreated for the next minor release", notes: version,
            help: ["remove `draAPI` from Kubernetes \(stable) on"])
    }
}

/// Checks that an extended resource can be backed by a claim.
private func checkExtendedResource(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let form = model.gpu.claim
    guard form.value == .extendedResource else { return }
    let kubernetes = platform.kubernetes
    if !Component.kubernetes.offers(.extendedResourceClaims, at: kubernetes.value) {
        let first = Component.kubernetes.first(.extendedResourceClaims)?.text ?? ""
        report.error(
            "extended-resource-too-early",
            "Kubernetes \(kubernetes.value.text) creates no claims for extended resources", at: form.range,
            label: "silently dropped before \(first)",
            notes: [.init("the version is set here", at: kubernetes.range)],
            help: [
                "use Kubernetes \(first) or later",
                Help("remove `claim`; a template works on this release", .removing(form.range)),
            ])
    }
    switch model.gpu.share.value {
    case .whole, .mig(_, nil): break
    case .timeSlicing, .mps, .mig:
        report.error(
            "shared-extended-resource", "an extended resource cannot request a shared device", at: form.range,
            label: "`\(model.name.value)` shares a device",
            notes: [.init("sharing is set here", at: model.gpu.share.range)],
            help: [Help("remove `claim`", .removing(form.range))])
    }
}

/// Warns of `claim` where nothing is claimed.
private func checkIdleClaimForm(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard case .written = model.gpu.claim.origin else { return }
    let claim = claimHelp(model, platform, "to claim GPUs")
    report.warning(
        "claim-form-without-effect", "`\(model.name.value)` claims no GPUs", at: model.gpu.claim.range,
        label: "no effect",
        notes: [.init("the device plugin allocates its GPUs", at: model.gpu.allocate.range)],
        help: claim.isEmpty ? [Help("remove `claim`", .removing(model.gpu.claim.range))] : claim)
}

/// Checks that claims get nodes: from a static pool, or launched by Karpenter.
private func checkClaimNodes(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let karpenter = platform.karpenter
    let version = karpenter.version.value
    let reason = dynamicObstacle(model, platform)
    let supply = nodeSupply(model, platform)
    let note = [Diagnostic.Note("Karpenter is configured here", at: karpenter.range)]
    if supply.value == .dynamic, let reason {
        report.error(
            "dra-without-nodes", reason, at: model.gpu.nodes?.range ?? model.gpu.allocate.range,
            label: "its pods would stay pending", notes: note,
            help: [
                Help(
                    "remove `nodes: dynamic`: a static pool, with the feature gate `StaticCapacity`, keeps nodes ready",
                    together: [.removing(model.gpu.nodes?.range)] + platform.declaring(.staticCapacity)),
                Help(
                    "use a managed node group, which does not need Karpenter: `nodes: managed`",
                    model.setting("gpu", "nodes", to: "managed")),
            ])
    } else if supply.value == .static, platform.karpenter.isInstalled, !platform.has(.staticCapacity) {
        let wholeGPUs = model.gpu.share.value == .whole && model.gpu.claim.value == .template
        report.error(
            "dra-without-static-capacity",
            reason ?? "static nodes for `\(model.name.value)` require the feature gate `StaticCapacity`",
            at: model.gpu.nodes?.range ?? model.gpu.allocate.range, label: "its pods would stay pending", notes: note,
            help: staticCapacityHelp(model, platform)
                + (wholeGPUs && reason != nil ? [dynamicClaimsHelp(platform)] : []) + shareHelp(model, platform)
                + devicePluginHelp([model], platform, "", "for Karpenter \(version.text)"))
    }
}

/// How to provide nodes in advance for a model's claims.
private func staticCapacityHelp(_ model: ModelSpec, _ platform: PlatformSpec) -> [Help] {
    [
        Help(
            "use a static pool, which keeps nodes ready: enable the feature gate and declare `featureGates: [StaticCapacity]`",
            together: platform.declaring(.staticCapacity)),
        Help(
            "use a managed node group, which does not need Karpenter: `gpu: {nodes: managed}`",
            model.setting("gpu", "nodes", to: "managed")),
    ]
}

/// The Karpenter that launches nodes for claims.
private func dynamicClaimsHelp(_ platform: PlatformSpec) -> Help {
    let first = Component.karpenter.first(.dynamicClaims)?.text ?? ""
    let isOld = !Component.karpenter.offers(.dynamicClaims, at: platform.karpenter.version.value)
    return Help(
        "or use Karpenter \(first) or later with `settings.enableDRA`, and declare `enableDRA: true`",
        together: [platform.setting("karpenter", "enableDRA", to: "true")]
            + (isOld ? [.replacing(platform.karpenter.version.range, by: "\"\(first)\"")] : []))
}

/// Why Karpenter launches no node for a model's claims, in a sentence; nil where it does.
private func dynamicObstacle(_ model: ModelSpec, _ platform: PlatformSpec) -> String? {
    let version = platform.karpenter.version.value
    guard Component.karpenter.offers(.dynamicClaims, at: version) else {
        return "Karpenter \(version.text) does not launch nodes for claims"
    }
    guard canBeDynamic(model, platform) else {
        switch (claiming(model, platform), model.gpu.share.value) {
        case (.own, .mig): return "Karpenter \(version.text) does not launch nodes for claims of MIG instances"
        case (.shared, _): return "Karpenter \(version.text) does not launch nodes for shared claims"
        default: return "Karpenter \(version.text) does not launch nodes for extended resources backed by claims"
        }
    }
    return platform.karpenter.enableDRA.value
        ? nil : "Karpenter \(version.text) launches nodes for claims only if its Helm values enable it"
}

/// Checks that the claims of all models work with one installation of the driver, whose settings are global.
func checkDriverModes(_ spec: ClusterSpec, _ report: inout Report) {
    let sharers = spec.models.compactMap { model -> (model: ModelSpec, shares: Int)? in
        if case .shares(let count) = claiming(model, spec.platform) { (model, count) } else { nil }
    }
    guard let first = sharers.first else { return }
    let chosen = Diagnostic.Note(
        "`\(first.model.name.value)` divides each GPU into \(first.shares) shares", at: first.model.gpu.share.range)
    for other in sharers.dropFirst() where other.shares != first.shares {
        report.error(
            "shares-of-two-sizes", "the DRA driver divides every GPU into the same number of shares",
            at: other.model.gpu.share.range, label: "\(other.shares) here", notes: [chosen],
            help: ["set the same number for both models"]
                + devicePluginHelp([other.model], spec.platform, "", "to set a number for each pool"))
    }
    for model in spec.models where model.gpu.allocate.value == .dra {
        let reason: String
        switch model.gpu.share.value {
        case .mps: reason = "the DRA driver does not support MPS together with shares"
        case .mig: reason = "the DRA driver divides only whole GPUs into shares"
        case .whole, .timeSlicing: continue
        }
        report.error(
            "shares-beside-another-mode", reason, at: model.gpu.share.range, label: "cannot be combined with shares",
            notes: [chosen],
            help: devicePluginHelp([model], spec.platform, "", "for `\(model.name.value)`"))
    }
}

/// The releases with which each pod of a time-sliced GPU claims its own share, where the declared ones are older.
private func shareHelp(_ model: ModelSpec, _ platform: PlatformSpec) -> [Help] {
    guard case .timeSlicing = model.gpu.share.value, !platform.hasConsumableShares,
        let kubernetes = Component.kubernetes.first(.consumableCapacity),
        let driver = Component.draDriver.first(.consumableShares),
        let karpenter = Component.karpenter.first(.dynamicConsumableCapacity)
    else { return [] }
    return [
        Help(
            "use Kubernetes \(kubernetes.text) and DRA driver \(driver.text), with which each pod claims a share, for which Karpenter "
                + "\(karpenter.text) launches nodes")
    ]
}
