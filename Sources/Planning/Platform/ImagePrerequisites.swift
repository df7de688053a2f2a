import Groundwork

/// The images that a mirror must have, and the Secrets with which they are pulled, in sentences.
func imagePrerequisites(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan]) -> [String] {
    let platform = spec.platform
    let images = platform.images
    var list: [String] = []
    if images.registry != nil || !images.registries.isEmpty {
        let names = imagesInUse(spec, models, pools).map { "`\($0)`" }
        list.append("Images that the nodes can pull: \(names.joined(separator: ", ")).")
    }
    let daemons = platform.gpu.stack.value == .none ? [platform.gpu.namespace.value] : []
    for secret in images.pullSecrets {
        let places = unique(namespaces(of: models).map(\.value) + daemons).map { "`\($0)`" }
        list.append(
            "Image pull Secret `\(secret.value)` in namespace\(places.count == 1 ? "" : "s") \(listed(places)).")
    }
    return list
}

/// The images of the generated pods, each once.
private func imagesInUse(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan]) -> [String] {
    let (platform, images) = (spec.platform, spec.platform.images)
    var used = models.map(\.spec.serving.image.value)
    let pools = pools.filter { $0.existing == nil }
    let owned = pools.filter { $0.sharing.allocation.value == .devicePlugin && platform.gpu.ownsDevicePlugin }
    if !owned.isEmpty { used.append(images.reference(.devicePlugin).value) }
    if owned.contains(where: { if case .mps = $0.sharing.layout { true } else { false } }) {
        used.append(images.mpsReference.value)
    }
    if platform.gpu.stack.value == .none, !pools.isEmpty {
        used.append(images.reference(.dcgmExporter).value)
        if platform.gpu.bottlerocket == nil, pools.contains(where: { $0.sharing.partition != nil }) {
            used.append(images.reference(.migManager).value)
        }
    }
    if !platform.keepsBuffers, models.contains(where: { $0.spec.headroom != nil && $0.usesElastic }) {
        used.append(images.reference(.pause).value)
    }
    return unique(used)
}
