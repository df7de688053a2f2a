import Groundwork

/// A model with its chosen candidate and replica counts: the input for planning pools.
///
/// A class, because it is copied often and has many parts.
package final class Placement: Sendable {
    package let spec: ModelSpec
    package let candidate: Candidate
    package let point: OperatingPoint
    package let minReplicas: Traced<Int>
    package let maxReplicas: Traced<Int>
    package let nodes: NodeDemand
    package let scaling: ScalingShares
    package let choice: CandidateChoice

    init(
        spec: ModelSpec, candidate: Candidate, point: OperatingPoint, minReplicas: Traced<Int>,
        maxReplicas: Traced<Int>,
        nodes: NodeDemand, scaling: ScalingShares, choice: CandidateChoice
    ) {
        self.spec = spec
        self.candidate = candidate
        self.point = point
        self.minReplicas = minReplicas
        self.maxReplicas = maxReplicas
        self.nodes = nodes
        self.scaling = scaling
        self.choice = choice
    }

    package var name: String { spec.name.value }
    /// The existing workload; nil if Stowage generates its Deployments.
    package var workload: ExistingWorkloadSpec? { spec.serving.workload }
    /// Whether the pods that serve it are those of a StatefulSet: the leaders of a LeaderWorkerSet are, and it has the same name.
    package var runsInStatefulSet: Bool { workload.map { $0.kind.value != .deployment } ?? false }
    /// The name of its Deployment, if it has one; a model that is split has two, named after it.
    package var workloadName: String { workload?.name.value ?? name }
    /// The name of its Service.
    package var serviceName: String { workload?.service.value ?? name }
    /// The `model_name` of its metrics.
    package var servedName: String { workload?.servedModelName.value ?? name }
    /// The other feasible candidates: the best of each instance type, at most five.
    package var runnersUp: [Candidate] {
        var seen: Set<String> = [candidate.type.name]
        return Array(choice.search.feasible.filter { seen.insert($0.type.name).inserted }.prefix(5))
    }
    package var isAutoscaled: Bool { spec.scaling.by.value != .none && maxReplicas.value > minReplicas.value }
    /// Whether it scales to zero.
    package var scalesToZero: Bool { minReplicas.value == 0 }
    /// Whether any of its latencies is predicted and not measured.
    var hasModelledLatency: Bool { spec.measured.map { !$0.hasLatencies } ?? true }
    package var usesDRA: Bool { nodes.claiming != nil }
    /// Whether all of its pods refer to one claim.
    package var sharesClaim: Bool { if case .shared = nodes.claiming { true } else { false } }
    /// Whether its pods share a GPU or a MIG instance through MPS.
    var usesMPS: Bool {
        switch nodes.layout {
        case .mps: true
        case .mig(let slice): slice.sharers > 1
        case .whole, .timeSlicing: false
        }
    }
    package var isStatic: Bool { nodes.supply.value == .static }
    /// Whether its nodes belong to a managed node group, or exist already.
    package var isManaged: Bool { nodes.supply.value.isManaged }
    /// Whether its nodes exist already and belong to others.
    package var isExisting: Bool { nodes.supply.value.isExisting }
    /// Whether replicas above the minimum may run outside the primary pool.
    private var mayOverflow: Bool { isAutoscaled && nodes.layout == .whole && !usesDRA && !scalesToZero && !isManaged }
    package var usesSpot: Bool { mayOverflow && nodes.spot.value == .allowed && workload == nil }
    /// Whether all of its replicas run on spot.
    package var isSpotOnly: Bool { nodes.spot.value == .only }
    package var usesElastic: Bool { mayOverflow && !usesSpot && !isSpotOnly && surgeNodes > 0 }
    /// Whether the model is split into a fixed base and an autoscaled surge.
    package var isSplit: Bool { usesSpot }

    /// Nodes for the minimum.
    package var baseNodes: Int { candidate.nodes(for: minReplicas.value) }
    /// Nodes beyond those, at the maximum.
    package var surgeNodes: Int { max(0, Int(nodesOfSurge() as Double)) }
    /// Nodes for the replicas beyond those in the primary pool: a separate surge does not use capacity left beside the base.
    package func nodesOfSurge<N: Arithmetic>() -> N {
        let minimum = N.given("minimum replicas", minReplicas, "replicas")
        let most = N.given("maximum replicas", maxReplicas, "replicas")
        let perNode = N.given("replicas per node", nodes.perNode, "replicas")
        let held = usesSpot ? minimum : (minimum / perNode).roundedUp * perNode
        return ((most - held) / perNode).roundedUp
    }
    /// Replicas of the minimum on one node: as many as fit, or an even share if they are spread evenly.
    package var onOneNode: Int {
        let even =
            candidate.leastNodes > 1 ? (minReplicas.value + baseNodes - 1) / baseNodes : candidate.replicasPerNode
        return min(candidate.replicasPerNode, even)
    }
    package var gpusPerReplica: Traced<Int> { point.tensorParallel }
}
