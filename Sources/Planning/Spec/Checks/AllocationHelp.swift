import Diagnostics
import Groundwork
import YAML

/// Help to allocate the GPUs of models with the device plugin, and what else that takes; none where it cannot share them.
///
/// The rest of the line names the purpose.
func devicePluginHelp(_ models: [ModelSpec], _ platform: PlatformSpec, _ before: String = "", _ rest: String = "")
    -> [Help]
{
    let ways = models.compactMap { devicePluginChanges($0, platform) }
    guard ways.count == models.count else { return [] }
    let dropped = ["claim", "nodes", "computeDomain"].filter { key in ways.contains { $0.dropped.contains(key) } }
    let needsGate = ways.contains(where: \.needsGate)
    let line =
        "\(before)set `allocate: device-plugin`" + (dropped.isEmpty ? "" : " without \(enumerated(dropped))")
        + (needsGate ? ", with the feature gate `NodeOverlay`" : "")
    let end = rest.isEmpty ? "" : "\(needsGate ? "," : "") \(rest)"
    return [
        Help(
            line + end,
            together: ways.flatMap(\.changes) + (needsGate ? platform.declaring(.nodeOverlay) : []))
    ]
}

/// What a model has to change so that the device plugin allocates its GPUs.
private struct DevicePluginWay {
    var changes: [NodeChange?] = []
    /// The keys that apply to claims only.
    var dropped: [String] = []
    /// Whether Karpenter has to support shared GPUs.
    var needsGate = false

    /// Removes what is written for claims.
    mutating func drop(_ key: String, at range: SourceRange?) {
        guard let change = NodeChange.removing(range) else { return }
        changes.append(change)
        dropped.append(key)
    }
}

/// Finds what a model has to change; nil where the device plugin cannot share its GPU this way.
private func devicePluginChanges(_ model: ModelSpec, _ platform: PlatformSpec) -> DevicePluginWay? {
    let gpu = model.gpu
    if case .mig(_, _?) = gpu.share.value { return nil }
    if platform.gpu.stack.value == .autoMode, gpu.share.value != .whole { return nil }
    var way = DevicePluginWay(changes: [model.setting("gpu", "allocate", to: "device-plugin")])
    way.drop("claim", at: gpu.claim.range)
    if gpu.nodes?.value == .static, !platform.has(.staticCapacity) { way.drop("nodes", at: gpu.nodes?.range) }
    if gpu.computeDomain.value { way.drop("computeDomain", at: gpu.computeDomain.range) }
    let isReady = gpu.nodes.map { $0.value.isManaged || $0.value == .static && platform.has(.staticCapacity) } ?? false
    way.needsGate = gpu.share.value != .whole && !isReady && !platform.has(.nodeOverlay)
    return way
}

/// Help to claim the GPUs of a model; none where such claims have other errors.
func claimHelp(_ model: ModelSpec, _ platform: PlatformSpec, _ rest: String) -> [Help] {
    var claiming = model
    claiming.gpu.allocate = Traced(.dra, .convention("tried"))
    var report = Report()
    checkClaims(claiming, platform, &report)
    guard report.isEmpty else { return [] }
    return [Help("set `allocate: dra` \(rest)", model.setting("gpu", "allocate", to: "dra"))]
}
