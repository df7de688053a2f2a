@testable import Groundwork
@testable import Planning

/// One way to run a model: a type, GPUs for each replica, replicas on each node, a dtype.
struct Combination {
    let type: InstanceType
    let tensorParallel: Int
    let perNode: Int
    let dtype: DType
    /// The place of the type among the preferred ones.
    let rank: Int
    /// Whether all replicas together answer the peak.
    let carriesPeak: Bool
    /// Dollars per hour with all replicas, on whole nodes.
    let cost: Double
}

/// Tries every combination, one by one, and keeps those on which a model runs.
///
/// What a replica sustains is asked of the capacity model; what lies on a node, how many there are and what they cost is counted anew.
func everyCombination(_ demand: Demand, _ spec: ClusterSpec) -> [Combination] {
    var found: [Combination] = []
    let prices = PriceList(spec)
    for type in Catalog.instanceTypes where type.isUsable {
        guard let price = prices.onDemand(type)?.value else { continue }
        if case .notOffered = type.offering(in: spec.platform.region.value) { continue }
        if demand.avoid.contains(where: { $0.value == type.name || $0.value == type.family }) { continue }
        let rank = demand.prefer.firstIndex { $0.value == type.name || $0.value == type.family }
        if !demand.prefer.isEmpty, rank == nil { continue }
        let gpu = Catalog.gpu(of: type)
        for tensorParallel in [1, 2, 4, 8] where tensorParallel <= type.gpuCount {
            if let asked = demand.model.gpu.tensorParallel, asked.value != tensorParallel { continue }
            var accelerator = Accelerator(whole: gpu)
            if case .mig(let profile, _) = demand.share {
                guard tensorParallel == 1, let row = Catalog.migProfile(gpu: gpu.id, profile: profile) else { continue }
                accelerator = Accelerator(gpu, profile: row)
            }
            for planned in demand.workloads {
                let workload = fitting(planned, on: accelerator, tensorParallel)
                // Weights of 16 bits have to be there before they are turned into 8.
                let loaded = demand.workload.weights() / Double(tensorParallel) + 0.25
                if workload.isQuantized, loaded > accelerator.memory { continue }
                guard
                    case .success(let capability) = capability(
                        of: workload, on: accelerator, tensorParallel: tensorParallel, targets: demand.targets)
                else { continue }
                let host = HostRequests(
                    tensorParallel: Double(tensorParallel), demand.model.serving.pod.resources)
                let node = NodeResources<Double>(type, spec.platform.nodes)
                let disk = DiskRequest<Double>(demand.model, demand.workload)
                for perNode in 1...(type.gpuCount * accelerator.perGPU) {
                    guard perNode * tensorParallel <= type.gpuCount * accelerator.perGPU,
                        Double(perNode) * host.cpu <= node.cpu,
                        Double(perNode) * host.memory <= node.memory,
                        Double(perNode) * disk.total <= node.disk
                    else { continue }
                    let replicas = replicaCounts(
                        demand, workload, rate: capability.requestsPerSecond, perNode: Double(perNode))
                    found.append(
                        Combination(
                            type: type, tensorParallel: tensorParallel, perNode: perNode, dtype: workload.dtype.value,
                            rank: rank ?? 0,
                            carriesPeak: capability.requestsPerSecond * replicas.most
                                >= (demand.model.traffic?.peak.value ?? 0),
                            cost: Double(nodes(replicas, perNode, demand)) * price))
                }
            }
        }
    }
    return found
}

/// The model with 95% of the memory, where it does not fit otherwise and 2 GiB remain beside.
private func fitting(_ workload: Workload, on accelerator: Accelerator, _ ranks: Int) -> Workload {
    guard !MemoryFit(workload, on: accelerator, ranks: Double(ranks)).holds, accelerator.perGPU == 1,
        accelerator.memory == Accelerator(whole: accelerator.gpu).memory, accelerator.memory >= 40
    else { return workload }
    return workload.taking(Traced(0.95, .convention("the most that the plan gives vLLM")))
}

/// Counts nodes by filling them one replica after another.
private func nodes(_ replicas: ReplicaCounts<Double>, _ perNode: Int, _ demand: Demand) -> Int {
    func fill(_ count: Double) -> Int {
        var (nodes, room) = (0, 0)
        for _ in 0..<Int(count) {
            if room == 0 { (nodes, room) = (nodes + 1, perNode) }
            room -= 1
        }
        return nodes
    }
    if demand.model.instances.spot?.value == .allowed, demand.share == .whole {
        return fill(replicas.least) + fill(replicas.most - replicas.least)
    }
    // What shares GPUs stands on two nodes at least, so that half of it stays when one goes.
    return max(replicas.lost > 0 && demand.share != .whole ? 2 : 1, fill(replicas.most))
}
