import Groundwork

/// The arguments and resources of a serving container.
package struct ServingPlan: Sendable {
    package let image: Traced<String>
    package let arguments: [Traced<String>]
    package let environment: [EnvironmentVariable]
    package let user: ServingUser
    package let cpu: Traced<String>
    package let memory: Traced<String>
    package let memoryLimit: Traced<String>
    package let ephemeralStorage: Traced<String>
    package let sharedMemory: Traced<String>
    /// The extended resource and its count; nil if a claim replaces it.
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

/// An environment variable: a value, or a key of a Secret or ConfigMap.
package struct EnvironmentVariable: Sendable {
    package let name: Traced<String>
    package var value: Traced<String>?
    package var secret: Traced<String>?
    package var configMap: Traced<String>?
    package var key: Traced<String>?
}

/// Plans a replica's container from its operating point.
func planServing(_ model: Placement, _ spec: ClusterSpec, onSpot: Bool) -> ServingPlan {
    let parallel = model.point.tensorParallel
    let host = HostRequests(
        tensorParallel: parallel.named("tensor parallel size", "GPUs"), model.spec.serving.pod.resources)
    let drain = drainTime(model, onSpot: onSpot)
    let delay = Thresholds.drainDelay.reasoned
    let user = planUser(model)
    return ServingPlan(
        image: model.spec.serving.image, arguments: servingArguments(model, spec, drain: drain),
        environment: servingEnvironment(model, user), user: user,
        cpu: ("\(host.cpu.named("CPU", "cores"), .quantity)" as ReasonedText).because("what one replica requests"),
        memory: mebibytes(host.memory.named("memory", "MiB"), "what one replica requests"),
        memoryLimit: mebibytes(memoryLimit(model, spec.platform.nodes), "an equal share of the node's memory"),
        ephemeralStorage: ephemeralStorage(model),
        sharedMemory: mebibytes(host.sharedMemory.named("shared memory", "MiB"), "shared memory of the workers"),
        gpuResource: planGPUResource(model).map {
            Traced($0, because: "the resource for this GPU sharing", Ingredient("share", model.spec.gpu.share))
        },
        gpuCount: parallel,
        claimTemplate: claimTemplate(model, spec),
        sharedClaim: model.sharesClaim ? sharedClaimName(model) : nil,
        usesMPS: model.usesMPS,
        weightsClaim: model.spec.weights.from.compactMap(\.volumeClaim),
        weightsImage: model.spec.weights.from.compactMap(\.imageReference), drainDelay: Traced<Int>(delay),
        gracePeriod: Traced<Int>(delay + drain.named("drain", "s") + Thresholds.shutdownSlack.reasoned),
        startupFailures: startupFailures(model), loadProtection: loadProtection(model))
}

/// A quantity of memory.
private func mebibytes(_ memory: Reasoned, _ reason: String) -> Traced<String> {
    let text: ReasonedText = "\(memory)Mi"
    return text.because(reason)
}

/// The memory limit of a replica: the node's memory divided among its replicas, MiB.
private func memoryLimit(_ model: Placement, _ nodes: NodesSpec) -> Reasoned {
    let perNode = model.nodes.perNode.named("replicas per node", "replicas")
    return (NodeResources(model.candidate.type, nodes).memory / perNode).roundedDown.named("memory limit", "MiB")
}

/// The startup probes that may fail before a replica serves.
private func startupFailures(_ model: Placement) -> Traced<Int> {
    let load = model.point.coldStart.inContainer.named("weights load and warm-up", "s")
    let probes = load * Thresholds.startupPatience.reasoned / Thresholds.startupPeriod.reasoned
    return Traced<Int>(.maximum(Thresholds.fewestStartupFailures.reasoned, probes.roundedUp))
}

/// How long a new pod protects its node: until it serves.
private func loadProtection(_ model: Placement) -> Traced<String> {
    let minutes = (model.point.coldStart.total.named("cold start", "s") / .constant(60, "s/min")).roundedUp
    let text: ReasonedText = "\(minutes.named("protection", "min"))m"
    return text.because("a node is not removed while a replica loads on it")
}

/// Seconds that running requests get to finish: twice a request, within the interruption notice of the capacity.
private func drainTime(_ model: Placement, onSpot: Bool) -> Traced<Int> {
    let (delay, slack) = (Thresholds.drainDelay.reasoned, Thresholds.shutdownSlack.reasoned)
    let most = onSpot ? Thresholds.spotNotice.reasoned - delay - slack : Thresholds.longestDrain.reasoned
    let answer = model.point.answer.named(model.candidate.workload.answerWords, "s")
    let output = model.spec.traffic?.outputTokens?.named("output tokens", "tokens") ?? Defaults.outputTokens.reasoned
    let request =
        model.point.timePerOutputToken.map { answer + output * $0.named("time per output token", "s") } ?? answer
    return Traced<Int>(.minimum(most, .maximum(Thresholds.shortestDrain.reasoned, 2 * request)).roundedUp)
}

/// Disk that a replica needs of its node: its cache, and the weights where they are downloaded.
private func ephemeralStorage(_ model: Placement) -> Traced<String> {
    let disk = DiskRequest<Reasoned>(model.spec, model.candidate.workload)
    guard disk.weights != nil else { return .text(Assumptions.replicaCache, "Gi") }
    let text: ReasonedText = "\(disk.total.named("disk", "GiB"))Gi"
    return text.because("what one replica requests")
}

/// The extended resource that a pod requests; nil if a claim replaces it.
package func planGPUResource(_ model: Placement) -> String? {
    switch model.nodes.claiming {
    case nil: model.nodes.layout.resource
    case .extendedResource: extendedResource(model.candidate.accelerator.gpu, model.nodes.layout)
    case .own, .shares, .shared: nil
    }
}

private func claimTemplate(_ model: Placement, _ spec: ClusterSpec) -> Traced<String>? {
    switch model.nodes.claiming {
    case .own: claimTemplateName(model, takes: driverShares(spec))
    case .shares: claimTemplateName(model, takes: nil)
    case nil, .shared, .extendedResource: nil
    }
}
