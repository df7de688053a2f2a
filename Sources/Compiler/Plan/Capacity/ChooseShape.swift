import Diagnostics

/// Everything about a model that its choice of shape rests on.
package struct Demand: Sendable {
    package let model: ModelSpec
    package let workload: Workload
    package let targets: LatencyTargets
    package let share: GPUShare
    package let scaleUp: Double
    package let prefer: [Traced<String>]
    package let avoid: [Traced<String>]
}

/// The shapes on which a model can run, best first, and the reasons against the others.
package struct ShapeSearch: Sendable {
    package let feasible: [Shape]
    package let refused: [RefusedShape]
}

/// A shape on which a model cannot run, and why.
package struct RefusedShape: Sendable {
    package let type: InstanceType
    package let tensorParallel: Int
    package let refusal: Capability.Refusal
}

/// Finds every shape on which a model can run: by the spec's order of preference, else the least cost at peak.
package func searchShapes(_ demand: Demand, prices: PriceList) -> ShapeSearch {
    var feasible: [(rank: Int, shape: Shape)] = []
    var refused: [RefusedShape] = []
    var solved: [String: Result<Capability, Capability.Refusal>] = [:]
    for type in Catalog.instanceTypes where type.isUsable && !demand.avoid.contains(where: { type.isNamed($0.value) }) {
        let preference = demand.prefer.firstIndex { type.isNamed($0.value) }
        if !demand.prefer.isEmpty, preference == nil { continue }
        guard let price = prices.onDemand(type) else { continue }
        let gpu = Catalog.gpu(of: type)
        guard let accelerator = accelerator(of: gpu, share: demand.share) else { continue }
        for tensorParallel in parallelisms(demand, type) {
            let key = "\(gpu.id)/\(tensorParallel)"
            let result =
                solved[key]
                ?? capability(
                    of: demand.workload, on: accelerator, tensorParallel: tensorParallel, targets: demand.targets)
            solved[key] = result
            switch result {
            case .failure(let refusal):
                refused.append(RefusedShape(type: type, tensorParallel: tensorParallel, refusal: refusal))
            case .success(let capability):
                let host = HostRequests(tensorParallel: tensorParallel).fitting(on: type)
                let perNode = min(accelerator.perGPU * (type.gpuCount / tensorParallel), host)
                guard perNode > 0 else {
                    refused.append(RefusedShape(type: type, tensorParallel: tensorParallel, refusal: .hostTooSmall))
                    continue
                }
                let replicas = replicaCounts(demand, capability)
                let shape = Shape(
                    type: type, accelerator: accelerator, tensorParallel: tensorParallel, capability: capability,
                    price: price, replicasPerNode: perNode, replicas: replicas)
                feasible.append((preference ?? 0, shape))
            }
        }
    }
    feasible.sort { left, right in
        if left.rank != right.rank { return left.rank < right.rank }
        if left.shape.peakPrice != right.shape.peakPrice { return left.shape.peakPrice < right.shape.peakPrice }
        if left.shape.tensorParallel != right.shape.tensorParallel {
            return left.shape.tensorParallel < right.shape.tensorParallel
        }
        return left.shape.type.name < right.shape.type.name
    }
    return ShapeSearch(feasible: feasible.map(\.shape), refused: refused)
}

/// The tensor parallelisms to try on a type: what the spec says, or powers of two up to its GPUs.
private func parallelisms(_ demand: Demand, _ type: InstanceType) -> [Int] {
    if case .whole = demand.share {
        if let asked = demand.model.gpu.tensorParallel { return asked.value <= type.gpuCount ? [asked.value] : [] }
        return [1, 2, 4, 8].filter { $0 <= type.gpuCount }
    }
    return type.gpuCount > 0 ? [1] : []
}

/// What a rank computes on under the spec's way of sharing; nil where the GPU cannot be shared so.
private func accelerator(of gpu: GPU, share: GPUShare) -> Accelerator? {
    switch share {
    case .whole: Accelerator(whole: gpu)
    case .timeSlicing(let replicas), .mps(let replicas): Accelerator(gpu, timeSlices: replicas)
    case .mig(let profile): Catalog.migProfile(gpu: gpu.id, profile: profile).map { Accelerator(gpu, profile: $0) }
    }
}

/// Counts replicas: what the spec says, else what traffic needs at the scale-up share, with one to spare.
private func replicaCounts(_ demand: Demand, _ capability: Capability) -> ReplicaCounts {
    if let given = demand.model.replicas { return ReplicaCounts(least: given.min.value, most: given.max.value) }
    guard let traffic = demand.model.traffic else { return ReplicaCounts(least: 1, most: 1) }
    let perReplica = capability.requestsPerSecond
    let comfortable = roundedUp(traffic.steady.value / (demand.scaleUp * perReplica))
    let bare = roundedUp(traffic.steady.value / perReplica) + spareReplicas(demand.model.priority.value)
    let least = max(1, comfortable, bare)
    return ReplicaCounts(least: least, most: max(least, roundedUp(traffic.peak.value / (demand.scaleUp * perReplica))))
}

/// Replicas kept so that the loss of one does not break the promise; best-effort models go without.
package func spareReplicas(_ priority: Priority) -> Int { priority == .bestEffort ? 0 : 1 }
