import Groundwork

/// The candidates on which a model can run, best first, and the reasons against the others.
package struct CandidateSearch: Sendable {
    package let feasible: [Candidate]
    package let rejected: [RejectedCandidate]
}

/// A candidate on which a model cannot run, and why.
package struct RejectedCandidate: Sendable {
    package let type: InstanceType
    let accelerator: Accelerator
    package let tensorParallel: Int
    let workload: Workload
    package let rejection: Capability.Rejection
}

/// Finds every candidate on which a model can run: by the spec's order of preference, else by the lowest cost at peak load.
///
/// If the spec sets replicas and traffic, candidates on which these replicas carry it come first.
///
/// A node runs as many replicas as fit: fewer would never cost less.
package func searchCandidates(_ demand: Demand, prices: PriceList, sharing solutions: Solutions = Solutions())
    -> CandidateSearch
{
    var feasible: [Candidate] = []
    var rejected: [RejectedCandidate] = []
    let answers = solutions.answers(to: demand)
    let workloads = demand.workloads
    let disk = DiskRequest<Double>(demand.model, demand.workload)
    for offer in prices.offers where demand.isWanted(offer.type) {
        guard let accelerator = accelerator(of: offer.gpu, share: demand.model.gpu.share) else { continue }
        for workload in workloads {
            for tensorParallel in parallelisms(demand, offer.type) {
                let ranks = Ranks(
                    count: tensorParallel,
                    holdExperts: demand.holdsWholeExperts(workload, over: tensorParallel, on: offer.gpu))
                let (workload, result) = sized(demand, workload, accelerator, ranks, answers)
                switch result.flatMap({ candidate(demand, workload, accelerator, ranks, offer, disk, $0) }) {
                case .success(let candidate): feasible.append(candidate)
                case .failure(let rejection):
                    rejected.append(
                        RejectedCandidate(
                            type: offer.type, accelerator: accelerator, tensorParallel: tensorParallel,
                            workload: workload, rejection: rejection))
                }
            }
        }
    }
    feasible.sort { $0.isBetter(than: $1) }
    return CandidateSearch(feasible: feasible, rejected: rejected)
}

/// What one replica sustains; with more memory than vLLM's default, if it does not fit otherwise and the GPU is large enough.
///
/// For one rank only: exchange buffers of several are also outside vLLM's share, and no such run has been published.
private func sized(
    _ demand: Demand, _ workload: Workload, _ accelerator: Accelerator, _ ranks: Ranks, _ answers: Solutions.Answers
) -> (workload: Workload, result: Result<Capability, Capability.Rejection>) {
    let result = answers.capability(demand, workload, accelerator, ranks)
    guard case .failure(.doesNotHold) = result, demand.model.serving.gpuMemoryUtilization == nil,
        accelerator.holdsLargestShare, ranks.count == 1,
        workload.memoryShare.value < Thresholds.largestMemoryShare.value
    else { return (workload, result) }
    let raised = workload.taking(.parameter(Thresholds.largestMemoryShare))
    return (raised, answers.capability(demand, raised, accelerator, ranks))
}

/// Places a replica of known capability on a type: replicas per node, and the number of replicas.
private func candidate(
    _ demand: Demand, _ workload: Workload, _ accelerator: Accelerator, _ ranks: Ranks, _ offer: Offer,
    _ disk: DiskRequest<Double>, _ capability: Capability
) -> Result<Candidate, Capability.Rejection> {
    let perNode = Int(
        replicasPerNode(
            of: demand.model, on: NodeResources(offer.type, demand.nodes), accelerator.gpu,
            tensorParallel: Double(ranks.count), disk))
    guard perNode > 0 else { return .failure(.hostTooSmall) }
    let replicas = replicaCounts(
        demand, workload, rate: capability.requestsPerSecond, perNode: Double(perNode))
    let leastNodes = demand.standsEvenly && replicas.lost > 0 ? Int(Thresholds.evenNodes.value) : 1
    return .success(
        Candidate(
            type: offer.type, accelerator: accelerator, tensorParallel: ranks.count,
            expertParallel: ranks.holdExperts, workload: workload,
            capability: capability, price: offer.price, replicasPerNode: perNode, replicas: replicas,
            leastNodes: leastNodes,
            rank: demand.prefer.firstIndex { offer.type.isNamed($0.value) } ?? 0,
            carriesPeak: replicas.carried(rate: capability.requestsPerSecond) >= demand.peak(),
            peakNodes: Int(
                demand.packing.nodes(
                    least: replicas.least, most: replicas.most, perNode: Double(perNode), atLeast: Double(leastNodes)))
        ))
}

/// The GPUs of a replica, and how the experts of an MoE model are placed on them.
struct Ranks: Sendable, Hashable {
    let count: Int
    /// Whether each holds whole experts instead of a part of each.
    let holdExperts: Bool
}

extension Demand {
    /// Whether each rank holds whole experts: as the spec says, else if the weights divide evenly among the ranks only this way.
    ///
    /// If the spec sets the number of ranks and nothing about experts, experts are divided.
    func holdsWholeExperts(_ workload: Workload, over ranks: Int, on gpu: GPU) -> Bool {
        if let asked = model.gpu.expertParallel { return asked.value }
        guard model.gpu.tensorParallel == nil,
            case .width(.experts, _, _) = workload.partitionFault(over: ranks, on: gpu, expertParallel: false)
        else { return false }
        return workload.partitionFault(over: ranks, on: gpu, expertParallel: true) == nil
    }
}

/// The numbers of GPUs that are tried if the spec sets none.
let gpuCounts = [1, 2, 4, 8]

/// The tensor parallel sizes to try on a type: that of the spec, or powers of two up to its GPUs.
private func parallelisms(_ demand: Demand, _ type: InstanceType) -> [Int] {
    guard case .whole = demand.share else { return type.gpuCount > 0 ? [1] : [] }
    if let asked = demand.model.gpu.tensorParallel { return asked.value <= type.gpuCount ? [asked.value] : [] }
    // A node has one channel for a ComputeDomain: a replica takes the whole node.
    if demand.model.gpu.computeDomain.value, type.isUltraServer { return [type.gpuCount] }
    return gpuCounts.filter { $0 <= type.gpuCount }
}

/// What a rank computes on with the spec's GPU sharing; nil if the GPU does not support it.
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
