import Diagnostics
import Groundwork
import YAML

/// Rejects releases whose APIs are not known.
func checkVersions(_ platform: PlatformSpec, _ report: inout Report) {
    rejectUnknown(platform.kubernetes, .kubernetes, &report)
    rejectUnknown(platform.karpenter.version, .karpenter, &report)
    if let keda = platform.autoscaler.keda { rejectUnknown(keda, .keda, &report) }
    if let driver = platform.gpu.draDriver { rejectUnknown(driver, .draDriver, &report) }
    checkGates(platform, &report)
}

/// Reports a missing Karpenter whose nodes a model needs.
func checkKarpenter(_ spec: ClusterSpec, _ report: inout Report) {
    let platform = spec.platform
    let waiting = platform.karpenter.isInstalled ? [] : spec.models.filter { !nodeSupply($0, platform).value.isManaged }
    guard let model = waiting.first else { return }
    report.error(
        "missing-key", "`platform` has no `karpenter`, which launches the nodes of `\(model.name.value)`",
        at: platform.range,
        label: "`karpenter` is required",
        notes: [.init("the model is defined here", at: model.name.range)],
        help: [
            "add `karpenter: {version: …}` with the version of the Helm chart",
            Help(
                "use a managed node group, which does not need Karpenter: `gpu: {nodes: managed}`",
                together: waiting.map { $0.setting("gpu", "nodes", to: "managed") }),
        ])
}

/// Rejects feature gates and Helm values that the declared Karpenter does not have.
private func checkGates(_ platform: PlatformSpec, _ report: inout Report) {
    let karpenter = platform.karpenter
    let version = karpenter.version
    if karpenter.enableDRA.value, Component.karpenter.offers(.release, at: version.value),
        !Component.karpenter.offers(.dynamicClaims, at: version.value),
        let first = Component.karpenter.first(.dynamicClaims)
    {
        report.error(
            "value-of-another-version", "Karpenter \(version.value.text) has no `settings.enableDRA`",
            at: karpenter.enableDRA.range, label: "added in \(first.text)",
            notes: [.init("the version is set here", at: version.range)],
            help: [
                Help(
                    "use static pools for claims on this release: `featureGates: [StaticCapacity]`",
                    together: [.removing(karpenter.enableDRA.range)] + platform.declaring(.staticCapacity))
            ])
    }
    for gate in karpenter.featureGates {
        guard let feature = gate.value.feature, Component.karpenter.offers(.release, at: version.value),
            !Component.karpenter.offers(feature, at: version.value),
            let first = Component.karpenter.first(feature)
        else { continue }
        report.error(
            "feature-gate-of-another-version",
            "Karpenter \(version.value.text) has no feature gate `\(gate.value.rawValue)`",
            at: gate.range, label: "added in \(first.text)",
            notes: [.init("the version is set here", at: version.range)])
    }
    reportRepeated(karpenter.featureGates.map { ($0.value.rawValue, $0.range) }, "the feature gate", &report)
}

extension KarpenterGate {
    /// The feature that it enables, where that is newer than the oldest supported Karpenter.
    fileprivate var feature: Feature? {
        switch self {
        case .nodeOverlay: .nodeOverlay
        case .staticCapacity: .staticCapacity
        case .capacityBuffer: .capacityBuffer
        case .nodeRepair, .reservedCapacity, .spotToSpotConsolidation: nil
        }
    }
}

/// Rejects a vLLM whose metrics have other names.
func checkServing(_ model: ModelSpec, _ report: inout Report) {
    let version = model.serving.version
    rejectUnknown(version, .vLLM, at: version.range ?? model.range, &report)
    if let tag = imageVersion(model.serving.image.value), case .written = model.serving.image.origin,
        case .written = version.origin, !agree(tag, version.value)
    {
        report.error(
            "image-of-another-version", "`version` is \(version.value.text), but the tag of the image is \(tag.text)",
            at: version.range, label: "selects metric names and flags",
            notes: [.init("the image is set here", at: model.serving.image.range)],
            help: Component.vLLM.offers(.release, at: tag)
                ? [Help("remove `version`, which is then read from the tag", .removing(version.range))]
                : ["use an image of vLLM \(Component.vLLM.supported)"])
    }
    if let token = model.weights.tokenSecret {
        if case .huggingFace = model.weights.from.value {
        } else {
            report.warning(
                "unused-token", "`\(model.name.value)` does not load from Hugging Face and does not use the token",
                at: token.range, label: "no effect",
                notes: [.init("the location of its weights is set here", at: model.weights.from.range)])
        }
    }
    checkArguments(model, &report)
    checkQueueLimits(model, &report)
    checkArchitectureRelease(model, &report)
}

/// Rejects limits of the queue for a vLLM that does not count what they reject, and for less than all sequences.
private func checkQueueLimits(_ model: ModelSpec, _ report: inout Report) {
    let (serving, version) = (model.serving, model.serving.version)
    let limits = [("maxNumQueuedReqs", serving.maxNumQueuedReqs), ("maxNumQueuedTokens", serving.maxNumQueuedTokens)]
    let first = Component.vLLM.since(.admissionRejections).text
    for (key, limit) in limits where !Component.vLLM.offers(.admissionRejections, at: version.value) {
        guard let limit else { continue }
        report.error(
            "value-of-another-version", "vLLM \(version.value.text) does not count the requests that `\(key)` rejects",
            at: limit.range, label: "added in \(first)",
            notes: version.range.map { [.init("the version is set here", at: $0)] } ?? [],
            help: [Help("remove `\(key)`", .removing(limit.range))])
    }
}

/// Rejects a vLLM that is older than the model's architecture.
private func checkArchitectureRelease(_ model: ModelSpec, _ report: inout Report) {
    let version = model.serving.version
    guard model.architecture == nil, let first = Catalog.model(named: model.source.value)?.firstRelease,
        version.value < first
    else { return }
    let usable = max(first, Component.vLLM.since(.release)).text
    report.error(
        "vllm-model-not-supported",
        "vLLM \(version.value.text) does not support the architecture of `\(model.source.value)`",
        at: version.range ?? model.source.range, label: "added in \(first.text)",
        notes: [.init("the model is set here", at: model.source.range)],
        help: [Help("set `version: \"\(usable)\"`, which supports it", replacing: version.range, by: ["\"\(usable)\""])]
    )
}

private func checkArguments(_ model: ModelSpec, _ report: inout Report) {
    for argument in model.serving.extraArgs {
        guard let owned = PlannedArgument.of(argument.value) else { continue }
        report.error(
            "argument-set-by-stowage", "`\(owned.flag)` is set by Stowage", at: argument.range,
            label: "would be set twice",
            help: ["remove it: it follows from \(owned.source)"])
    }
}

/// Rejects a release that the table of releases does not support.
private func rejectUnknown(
    _ version: Traced<Version>, _ component: Component, at place: SourceRange? = nil, _ report: inout Report
) {
    let newer = newerThanKnown(version.value, component)
    guard !component.offers(.release, at: version.value) else {
        if let newer, let place = place ?? version.range {
            report.warning(
                "newer-than-known",
                "\(component.words) \(version.value.text) is newer than what this build of Stowage knows",
                at: place, label: "released later", notes: [.init(newer)],
                help: ["use a newer Stowage, or check its arguments, metrics and APIs against the generated manifests"])
        }
        return
    }
    let supported = component.supported
    let reason = component.row(.release, at: version.value)?.how
    report.error(
        "unsupported-\(component.rawValue)", "\(component.words) \(version.value.text) is not supported",
        at: place ?? version.range, label: "must be \(supported)",
        notes: (newer ?? (supported.contains(" to ") ? reason : nil)).map { [.init($0)] } ?? [],
        help: [
            Help(
                supported.contains(" to ")
                    ? "use \(supported): generated manifests are checked against these releases only"
                    : reason ?? Catalog.features.first { $0.component == component && $0.feature == .release }?.how
                        ?? "")
        ])
}

/// Where the table of a component's releases ends, for a release beyond it.
private func newerThanKnown(_ version: Version, _ component: Component) -> String? {
    guard component.isUnknown(version), let known = component.known else { return nil }
    return "the table of releases of \(component.words) ends with \(known.release.text) and is of \(known.date)"
}

private func agree(_ tag: Version, _ version: Version) -> Bool {
    (tag.major, tag.minor) == (version.major, version.minor)
        && (tag.patch == nil || version.patch == nil || tag.patch == version.patch)
}
