import Groundwork

/// How a model's pods come to devices that a DRA driver hands out.
package enum Claiming: Sendable, Hashable {
    /// A claim for each pod, of whole GPUs or of a MIG instance.
    case own
    /// A claim for each pod, of one of the shares of a GPU.
    case shares(Int)
    /// One claim for all pods of a pool, which share its GPU.
    case shared(Int)
    /// The name of an extended resource that the scheduler turns into a claim.
    case extendedResource
}

extension PlatformSpec {
    /// Whether the releases of Kubernetes and of the driver know shares of a device.
    var hasConsumableShares: Bool {
        guard let driver = gpu.draDriver else { return false }
        return Component.kubernetes.offers(.consumableCapacity, at: kubernetes.value)
            && Component.draDriver.offers(.consumableShares, at: driver.value)
    }

    /// Whether Karpenter starts nodes for claims: its release can, and its Helm values say so.
    var startsNodesForClaims: Bool {
        karpenter.enableDRA.value && Component.karpenter.offers(.dynamicClaims, at: karpenter.version.value)
    }

    func has(_ gate: KarpenterGate) -> Bool { karpenter.featureGates.contains { $0.value == gate } }
}

/// How a model's pods claim their GPUs; nil where the device plugin hands them out.
func claiming(_ model: ModelSpec, _ platform: PlatformSpec) -> Claiming? {
    guard model.gpu.allocate.value == .dra else { return nil }
    switch model.gpu.share.value {
    case .mig(_, let sharers?): return .shared(sharers)
    case .whole, .mig: return model.gpu.claim.value == .extendedResource ? .extendedResource : .own
    case .timeSlicing(let replicas): return platform.hasConsumableShares ? .shares(replicas) : .shared(replicas)
    case .mps(let replicas): return .shared(replicas)
    }
}

/// Into how many shares the driver cuts every GPU that it hands out; nil where no model takes shares.
func driverShares(_ spec: ClusterSpec) -> Traced<Int>? {
    for model in spec.models {
        if case .shares = claiming(model, spec.platform) { return model.gpu.share.map(\.sharers) }
    }
    return nil
}

/// Whether Karpenter can start nodes for a model's pods when they come, once it is asked to.
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

/// Whether a model's primary nodes follow its pods: as the spec says, else wherever Karpenter can start them.
func nodeSupply(_ model: ModelSpec, _ platform: PlatformSpec) -> Traced<NodeSupply> {
    if let written = model.gpu.nodes { return written }
    guard model.gpu.allocate.value == .dra else {
        return Traced(.dynamic, .convention("Karpenter starts nodes for extended resources"))
    }
    return Traced(
        platform.startsNodesForClaims && canBeDynamic(model, platform) ? .dynamic : .static,
        because: "dynamic where Karpenter starts nodes for such claims",
        Ingredient("Karpenter", platform.karpenter.version), Ingredient("enableDRA", platform.karpenter.enableDRA),
        Ingredient("allocate", model.gpu.allocate), Ingredient("share", model.gpu.share))
}

/// The version of the API of claims to write; nil where the cluster serves none.
package func claimAPI(_ platform: PlatformSpec) -> Traced<ClaimAPI>? {
    if let written = platform.gpu.draAPI { return written }
    guard Component.kubernetes.offers(.claimsV1, at: platform.kubernetes.value) else { return nil }
    return Traced(.v1, because: "the API that this Kubernetes serves", Ingredient("Kubernetes", platform.kubernetes))
}
