import Diagnostics
import Groundwork
import YAML

/// Reports a pool with more pods than share the one GPU or MIG instance of its claim.
func checkSharedClaim(_ models: [Placement], _ platform: PlatformSpec, _ report: inout Report) {
    guard let first = models.first, case .shared(let sharers) = first.nodes.claiming else { return }
    let most = models.reduce(0) { $0 + $1.maxReplicas.value }
    let room = min(sharers, first.candidate.replicasPerNode)
    let unit = first.nodes.layout.isMIG ? "MIG instance" : "GPU"
    guard most > room else { return }
    let names = models.map { "`\($0.name)`" }.joined(separator: " and ")
    let release = Component.kubernetes.first(.consumableCapacity)?.text ?? ""
    let driver = Component.draDriver.first(.consumableShares)?.text ?? ""
    var help =
        first.nodes.layout.isMIG
        ? [] : devicePluginHelp(models.map(\.spec), platform, "", "to share any number of GPUs")
    if case .timeSlicing = first.nodes.layout {
        help.append(
            "or use Kubernetes \(release) and the DRA driver \(driver), with which each pod claims its own share")
    }
    report.error(
        "shared-claim-too-small",
        "\(names) may have \(most) replicas, and their shared claim is one \(unit) for \(room)",
        at: first.spec.gpu.share.range,
        label: room < sharers
            ? "the host of `\(first.candidate.type.name)` fits no more" : "one \(unit), shared by \(sharers)",
        notes: [.init("DRA is set here", at: first.spec.gpu.allocate.range)],
        help: ["set `replicas: {max: …}` to at most \(room)\(models.count > 1 ? " in total" : "")"] + help)
}

/// Rejects a claim for models in two namespaces: pods can only refer to claims in their own.
func checkClaimNamespace(_ models: [Placement], _ report: inout Report) {
    guard let first = models.first, case .shared = first.nodes.claiming,
        let other = models.first(where: { $0.namespace != first.namespace })
    else { return }
    report.error(
        "shared-claim-in-two-namespaces",
        "`\(first.name)` and `\(other.name)` share a GPU by one claim, but not a namespace",
        at: other.spec.namespace.range ?? other.spec.name.range, label: "`\(other.name)` is in `\(other.namespace)`",
        notes: [
            .init(
                "`\(first.name)` is in `\(first.namespace)`", at: first.spec.namespace.range ?? first.spec.name.range),
            .init("a pod can refer only to a ResourceClaim in its own namespace"),
        ], help: ["give both the same `namespace`, or another `pool`, so that each has a GPU of its own"])
}

/// Reports a model whose claims need a type for which Karpenter has no device metadata.
func checkKnownDevices(_ model: Placement, _ platform: PlatformSpec, _ report: inout Report) {
    let version = platform.karpenter.version.value
    guard model.usesDRA, !model.isStatic, !model.isManaged, model.candidate.type.family.hasPrefix("g7"),
        !Component.karpenter.offers(.dynamicG7Claims, at: version)
    else { return }
    report.error(
        "dra-devices-unknown-to-karpenter",
        "`\(model.name)` claims GPUs of `\(model.candidate.type.name)`, and Karpenter \(version.text) has no device metadata "
            + "for that type", at: model.spec.instances.prefer.first?.range ?? model.spec.gpu.allocate.range,
        label: "Karpenter launches no node for the claim",
        notes: [.init("DRA is set here", at: model.spec.gpu.allocate.range)],
        help: [
            Help(
                "set `gpu: {nodes: static}` to keep nodes ready",
                together: [model.spec.setting("gpu", "nodes", to: "static")] + platform.declaring(.staticCapacity))
        ] + devicePluginHelp([model.spec], platform) + ["prefer another type"])
}
