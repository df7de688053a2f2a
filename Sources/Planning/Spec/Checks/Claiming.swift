import Groundwork

/// How a model's pods get devices of a DRA driver.
package enum Claiming: Sendable, Hashable {
    /// A claim for each pod, of whole GPUs or of a MIG instance.
    case own
    /// A claim for each pod, of one of the shares of a GPU.
    case shares(Int)
    /// One claim for all pods of a pool, which share its GPU.
    case shared(Int)
    /// An extended resource for which the scheduler creates a claim.
    case extendedResource
}

extension PlatformSpec {
    /// Whether the releases of Kubernetes and of the driver support shares of a device.
    var hasConsumableShares: Bool {
        guard let driver = gpu.draDriver else { return false }
        return Component.kubernetes.offers(.consumableCapacity, at: kubernetes.value)
            && Component.draDriver.offers(.consumableShares, at: driver.value)
    }

    /// Whether Karpenter launches nodes for claims: its release can, and its Helm values enable it.
    var startsNodesForClaims: Bool {
        karpenter.enableDRA.value && Component.karpenter.offers(.dynamicClaims, at: karpenter.version.value)
    }

    func has(_ gate: KarpenterGate) -> Bool { karpenter.featureGates.contains { $0.value == gate } }
}

/// How a model's pods claim their GPUs; nil where the device plugin allocates them.
func claiming(_ model: ModelSpec, _ platform: PlatformSpec) -> Claiming? {
    guard model.gpu.allocate.value == .dra else { return nil }
    switch model.gpu.share.value {
    case .mig(_, let sharers?): return .shared(sharers)
    case .whole, .mig: return model.gpu.claim.value == .extendedResource ? .extendedResource : .own
    case .timeSlicing(let replicas): return platform.hasConsumableShares ? .shares(replicas) : .shared(replicas)
    case .mps(let replicas): return .shared(replicas)
    }
}

/// The number of shares into which the driver divides every GPU; nil where no model uses shares.
func driverShares(_ spec: ClusterSpec) -> Traced<Int>? {
    for model in spec.models {
        if case .shares = claiming(model, spec.platform) { return model.gpu.share.map(\.sharers) }
    }
    return nil
}

/// Whether Karpenter can launch nodes for a model's pending pods, once that is enabled.
func canBeDynamic(_ model: ModelSpec, _ platform: PlatformSpec) -> Bool {
    let karpenter = platform.karpenter.version.value
    switch claiming(model, platform) {
    case nil: return true
    case .own:
        if case .mig = model.gpu.share.value { return Component.karpenter.offers(.dynamicMIGClaims, at: karpenter) }
        return Component.karpenter.offers(.dynamicClaims, at: karpenter)
    case .shares: return Component.karpenter.offers(.dynamicConsumableCapacity, at: karpenter)
    case .shared: return false
    case .extendedResource: return Component.karpenter.offers(.dynamicExtendedResource, at: karpenter)
    }
}

/// What provides a model's primary nodes: as in the spec, else dynamic wherever Karpenter can launch them.
func nodeSupply(_ model: ModelSpec, _ platform: PlatformSpec) -> Traced<NodeSupply> {
    if let existing = model.existing { return existing.name.map { .existing(pool: $0) } }
    if let written = model.gpu.nodes { return written }
    guard model.gpu.allocate.value == .dra else {
        return Traced(.dynamic, .convention("Karpenter launches nodes for extended resources"))
    }
    return Traced(
        platform.startsNodesForClaims && canBeDynamic(model, platform) ? .dynamic : .static,
        because: "dynamic if Karpenter launches nodes for such claims",
        Ingredient("Karpenter", platform.karpenter.version), Ingredient("enableDRA", platform.karpenter.enableDRA),
        Ingredient("allocate", model.gpu.allocate), Ingredient("share", model.gpu.share))
}

/// The version of `resource.k8s.io` to write; nil where the cluster serves none.
package func claimAPI(_ platform: PlatformSpec) -> Traced<ClaimAPI>? {
    if let written = platform.gpu.draAPI { return written }
    guard Component.kubernetes.offers(.claimsV1, at: platform.kubernetes.value) else { return nil }
    return Traced(
        .v1, because: "the version that this Kubernetes serves", Ingredient("Kubernetes", platform.kubernetes))
}
