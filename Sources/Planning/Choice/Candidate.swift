import Groundwork

/// A candidate for a replica: an instance type, its GPU or share of one, and the tensor parallel size.
///
/// A class, because many are sorted and few are kept.
package final class Candidate: Sendable {
    package let type: InstanceType
    package let accelerator: Accelerator
    package let tensorParallel: Int
    /// Whether each GPU of a replica holds whole experts.
    package let expertParallel: Bool
    /// The model in the dtype that it runs in here.
    package let workload: Workload
    package let capability: Capability
    /// On-demand price of the type, dollars per hour.
    package let price: Traced<Double>
    package let replicasPerNode: Int
    let replicas: ReplicaCounts<Double>
    /// The fewest nodes on which replicas run, so that one may be lost.
    package let leastNodes: Int
    /// The place of its type in the spec's order of preference, from 0.
    package let rank: Int
    /// Whether the replicas that the spec sets carry the peak traffic that it sets.
    package let carriesPeak: Bool
    /// Nodes when all replicas run, including the last, partly used one.
    package let peakNodes: Int

    init(
        type: InstanceType, accelerator: Accelerator, tensorParallel: Int, expertParallel: Bool, workload: Workload,
        capability: Capability, price: Traced<Double>, replicasPerNode: Int, replicas: ReplicaCounts<Double>,
        leastNodes: Int,
        rank: Int, carriesPeak: Bool,
        peakNodes: Int
    ) {
        self.type = type
        self.accelerator = accelerator
        self.tensorParallel = tensorParallel
        self.expertParallel = expertParallel
        self.workload = workload
        self.capability = capability
        self.price = price
        self.replicasPerNode = replicasPerNode
        self.replicas = replicas
        self.leastNodes = leastNodes
        self.rank = rank
        self.carriesPeak = carriesPeak
        self.peakNodes = peakNodes
    }

    /// Dollars per hour when all replicas run.
    package var peakPrice: Double { price(of: Double(peakNodes)) }

    /// Dollars per hour of a number of nodes.
    func price<N: Arithmetic>(of nodes: N) -> N { nodes * .given("price of \(type.name)", price, "$/h") }

    /// Whether vLLM converts the weights to another dtype than the published one.
    package var isQuantized: Bool { workload.isQuantized }

    /// Nodes that a number of replicas needs.
    package func nodes(for replicas: Int) -> Int {
        replicas > 0 ? max(leastNodes, (replicas + replicasPerNode - 1) / replicasPerNode) : 0
    }

    /// The candidate in words, for example `p5.48xlarge, 4 × H100`.
    package var words: String {
        "\(type.name), \(tensorParallel) × \(accelerator.gpu.id)\(isQuantized ? " in \(workload.dtype.value.rawValue)" : "")"
    }
}
