/// What a serving container is told and given.
package struct ServingPlan: Sendable {
    package let image: Traced<String>
    package let arguments: [Traced<String>]
    package let environment: [EnvironmentVariable]
    package let cpu: Traced<String>
    package let memory: Traced<String>
    package let memoryLimit: Traced<String>
    package let ephemeralStorage: Traced<String>
    package let sharedMemory: Traced<String>
    /// The extended resource and its count; nil where a claim stands for it.
    package let gpuResource: Traced<String>?
    package let gpuCount: Traced<Int>
    package let claimTemplate: Traced<String>?
    /// A claim that pods share.
    package let sharedClaim: Traced<String>?
    /// Whether its shared memory comes from the MPS daemon of its node.
    package let usesMPS: Bool
    /// A volume claim that holds the weights.
    package let weightsClaim: Traced<String>?
    /// An image that holds the weights.
    package let weightsImage: Traced<String>?
    package let drainDelay: Traced<Int>
    package let gracePeriod: Traced<Int>
    package let startupFailures: Traced<Int>
    package let loadProtection: Traced<String>
}

/// An environment variable: a value, or a key of a Secret.
package struct EnvironmentVariable: Sendable {
    package let name: Traced<String>
    package let value: Traced<String>?
    package let secret: Traced<String>?
    package let key: Traced<String>?
}

/// Plans a replica's container from its operating point.
func planServing(_ model: Placement, _ spec: ClusterSpec, onSpot: Bool) -> ServingPlan {
    let host = HostRequests(tensorParallel: model.point.tensorParallel.value)
    let type = model.shape.type
    let perNode = Traced(model.shape.replicasPerNode, .catalog(type.reference))
    let parallel = model.point.tensorParallel
    let free = Traced(HostRequests.freeMemory(of: type), .catalog(type.reference))
    let drain = drainTime(model, onSpot: onSpot)
    let delay = Traced<Double>.threshold(Thresholds.drainDelay)
    let grace = derive(
        "drain delay + drain + slack", ("drain delay, s", delay), ("drain, s", drain),
        ("slack, s", .threshold(Thresholds.shutdownSlack))
    ) { Int($0) + $1 + Int($2) }
    let cold = model.point.coldStart
    return ServingPlan(
        image: model.spec.serving.image, arguments: servingArguments(model, spec, drain: drain),
        environment: servingEnvironment(model),
        cpu: derive(
            "host cores + host cores per GPU × GPUs", ("host cores", .threshold(Thresholds.hostCoresBase)),
            ("host cores per GPU", .threshold(Thresholds.hostCoresPerGPU)), ("GPUs", parallel)
        ) { _, _, _ in quantity(Double(host.cpu) / 1000) },
        memory: derive(
            "host memory + host memory per GPU × GPUs", ("host memory, GiB", .threshold(Thresholds.hostMemoryBase)),
            ("host memory per GPU, GiB", .threshold(Thresholds.hostMemoryPerGPU)), ("GPUs", parallel)
        ) { _, _, _ in "\(host.memory)Mi" },
        memoryLimit: derive(
            "a fair share of the node's memory", ("free on the node, MiB", free), ("replicas per node", perNode)
        ) { "\($0 / $1)Mi" },
        ephemeralStorage: ephemeralStorage(model),
        sharedMemory: derive(
            "shared memory per GPU × GPUs", ("shared memory per GPU, GiB", .threshold(Thresholds.sharedMemoryPerGPU)),
            ("GPUs", parallel)
        ) { _, _ in "\(host.sharedMemory)Mi" },
        gpuResource: planGPUResource(model).map { resource in model.spec.gpu.share.map { _ in resource } },
        gpuCount: parallel,
        claimTemplate: claimTemplate(model, spec),
        sharedClaim: model.sharesClaim ? sharedClaimName(model) : nil,
        usesMPS: model.usesMPS,
        weightsClaim: weightsClaim(model), weightsImage: weightsImage(model), drainDelay: delay.map { Int($0) },
        gracePeriod: grace,
        startupFailures: derive(
            "(weights load + warm-up) × startup patience ÷ probe period", ("load, s", cold.inContainer),
            ("startup patience", .threshold(Thresholds.startupPatience)),
            ("probe period, s", .threshold(Thresholds.startupPeriod))
        ) { max(30, roundedUp(Double($0) * $1 / $2)) },
        loadProtection: derive("cold start, whole minutes", ("cold start, s", cold.total)) {
            "\(roundedUp(Double($0) / 60))m"
        })
}

/// Seconds that running requests get to finish: two of the longest, within what the capacity's notice allows.
private func drainTime(_ model: Placement, onSpot: Bool) -> Traced<Int> {
    let least = Thresholds.shortestDrain.value
    let notice = Thresholds.spotNotice.value - Thresholds.drainDelay.value - Thresholds.shutdownSlack.value
    let most = onSpot ? notice : Thresholds.longestDrain.value
    let output =
        model.spec.traffic?.outputTokens
        ?? Traced(Int(Thresholds.outputTokens.value), .threshold(Thresholds.outputTokens))
    return derive(
        "twice (time to first token + output tokens × time per output token), at least the shortest drain, at most "
            + (onSpot ? "the spot notice" : "the longest drain"),
        ("time to first token, s", model.point.timeToFirstToken), ("output tokens", output),
        ("time per output token, s", model.point.timePerOutputToken)
    ) { roundedUp(min(most, max(least, 2 * ($0 + Double($1) * $2)))) }
}

/// Disk that a replica needs of its node: its cache, and the weights where they are downloaded.
private func ephemeralStorage(_ model: Placement) -> Traced<String> {
    let cache = Traced<Double>.threshold(Thresholds.replicaCache)
    let request = DiskRequest(model.spec, model.shape.workload.architecture)
    guard request.weights > 0 else { return cache.map { "\(Int($0))Gi" } }
    let weights = Traced(request.weights, model.shape.workload.architectureOrigin)
    return derive("replica cache + downloaded weights", ("replica cache, GiB", cache), ("weights, GiB", weights)) {
        _, _ in "\(request.total)Gi"
    }
}

private func weightsClaim(_ model: Placement) -> Traced<String>? {
    if case .persistentVolumeClaim(let name) = model.spec.weights.from.value {
        return model.spec.weights.from.map { _ in name }
    }
    return nil
}

private func weightsImage(_ model: Placement) -> Traced<String>? {
    if case .image(let reference) = model.spec.weights.from.value {
        return model.spec.weights.from.map { _ in reference }
    }
    return nil
}

/// The extended resource that a pod asks for; nil where a claim stands for it.
func planGPUResource(_ model: Placement) -> String? {
    switch model.claiming {
    case nil: model.layout.resource
    case .extendedResource: extendedResource(model.shape.accelerator.gpu, model.layout)
    case .own, .shares, .shared: nil
    }
}

private func claimTemplate(_ model: Placement, _ spec: ClusterSpec) -> Traced<String>? {
    switch model.claiming {
    case .own: claimTemplateName(model, takes: driverShares(spec))
    case .shares: claimTemplateName(model, takes: nil)
    case nil, .shared, .extendedResource: nil
    }
}
