import Groundwork

/// The shapes on which a model can run, best first, and the reasons against the others.
package struct ShapeSearch: Sendable {
    package let feasible: [Shape]
    package let refused: [RefusedShape]
}

/// A shape on which a model cannot run, and why.
package struct RefusedShape: Sendable {
    package let type: InstanceType
    let accelerator: Accelerator
    package let tensorParallel: Int
    let workload: Workload
    package let refusal: Capability.Refusal
}

/// Finds every shape on which a model can run: by the spec's order of preference, else the least cost at peak.
///
/// Where the spec gives replicas and traffic, shapes come first on which so many replicas carry it.
///
/// A node carries as many replicas as it can: fewer would never cost less.
package func searchShapes(_ demand: Demand, prices: PriceList, sharing solutions: Solutions = Solutions())
    -> ShapeSearch
{
    var feasible: [Shape] = []
    var refused: [RefusedShape] = []
    let answers = solutions.answers(to: demand)
    let workloads = demand.workloads
    let disk = DiskRequest<Double>(demand.model, demand.workload)
    for offer in prices.offers where demand.isWanted(offer.type) {
        guard let accelerator = accelerator(of: offer.gpu, share: demand.model.gpu.share) else { continue }
        for workload in workloads {
            for tensorParallel in parallelisms(demand, offer.type) {
                let result = answers.capability(demand, workload, accelerator, tensorParallel: tensorParallel)
                switch result.flatMap({ shape(demand, workload, accelerator, tensorParallel, offer, disk, $0) }) {
                case .success(let shape): feasible.append(shape)
                case .failure(let refusal):
                    refused.append(
                        RefusedShape(
                            type: offer.type, accelerator: accelerator, tensorParallel: tensorParallel,
                            workload: workload, refusal: refusal))
                }
            }
        }
    }
    feasible.sort { $0.isBetter(than: $1) }
    return ShapeSearch(feasible: feasible, refused: refused)
}

/// Places a replica of known capability on a type: how many a node carries, how many there are.
private func shape(
    _ demand: Demand, _ workload: Workload, _ accelerator: Accelerator, _ tensorParallel: Int, _ offer: Offer,
    _ disk: DiskRequest<Double>, _ capability: Capability
) -> Result<Shape, Capability.Refusal> {
    let perNode = Int(
        replicasPerNode(
            of: demand.model, on: offer.type, accelerator.gpu, tensorParallel: Double(tensorParallel), disk))
    guard perNode > 0 else { return .failure(.hostTooSmall) }
    let replicas = replicaCounts(
        demand, workload, rate: capability.requestsPerSecond, perNode: Double(perNode))
    let leastNodes = demand.standsEvenly && replicas.lost > 0 ? Int(Thresholds.evenNodes.value) : 1
    return .success(
        Shape(
            type: offer.type, accelerator: accelerator, tensorParallel: tensorParallel, workload: workload,
            capability: capability, price: offer.price, replicasPerNode: perNode, replicas: replicas,
            leastNodes: leastNodes,
            rank: demand.prefer.firstIndex { offer.type.isNamed($0.value) } ?? 0,
            carriesPeak: replicas.carried(rate: capability.requestsPerSecond) >= demand.peak(),
            peakNodes: Int(
                demand.packing.nodes(
                    least: replicas.least, most: replicas.most, perNode: Double(perNode), atLeast: Double(leastNodes)))
        ))
}

/// The tensor parallelisms to try on a type: what the spec says, or powers of two up to its GPUs.
private func parallelisms(_ demand: Demand, _ type: InstanceType) -> [Int] {
    guard case .whole = demand.share else { return type.gpuCount > 0 ? [1] : [] }
    if let asked = demand.model.gpu.tensorParallel { return asked.value <= type.gpuCount ? [asked.value] : [] }
    // A node has one channel for a domain: its replica takes the whole node.
    if demand.model.gpu.computeDomain.value, type.isUltraServer { return [type.gpuCount] }
    return [1, 2, 4, 8].filter { $0 <= type.gpuCount }
}

/// What a rank computes on under the spec's way of sharing; nil where the GPU cannot be shared so.
private func accelerator(of gpu: GPU, share: Traced<GPUShare>) -> Accelerator? {
    let sharers = share.map(\.sharers)
    return switch share.value {
    case .whole: Accelerator(whole: gpu)
    case .timeSlicing: Accelerator(gpu, sharers: sharers, losing: Assumptions.sliceOverhead)
    case .mps: Accelerator(gpu, sharers: sharers, losing: Assumptions.mpsOverhead)
    case .mig(let profile, let several):
        Catalog.migProfile(gpu: gpu.id, profile: profile).map { row in
            let slice = Accelerator(gpu, profile: row)
            return several == nil ? slice : slice.divided(among: sharers, losing: Assumptions.mpsOverhead)
        }
    }
}
