import Groundwork

/// A model with its chosen shape and replica counts: what pools are laid out from.
///
/// A class, because copies of it are many and its parts too.
package final class Placement: Sendable {
    package let spec: ModelSpec
    package let shape: Shape
    package let point: OperatingPoint
    package let minReplicas: Traced<Int>
    package let maxReplicas: Traced<Int>
    package let nodes: NodeDemand
    package let scaling: ScalingShares
    package let choice: ChoiceOfShape

    init(
        spec: ModelSpec, shape: Shape, point: OperatingPoint, minReplicas: Traced<Int>, maxReplicas: Traced<Int>,
        nodes: NodeDemand, scaling: ScalingShares, choice: ChoiceOfShape
    ) {
        self.spec = spec
        self.shape = shape
        self.point = point
        self.minReplicas = minReplicas
        self.maxReplicas = maxReplicas
        self.nodes = nodes
        self.scaling = scaling
        self.choice = choice
    }

    package var name: String { spec.name.value }
    /// The other shapes that would do: the best of each instance type, at most five.
    package var runnersUp: [Shape] {
        var seen: Set<String> = [shape.type.name]
        return Array(choice.search.feasible.filter { seen.insert($0.type.name).inserted }.prefix(5))
    }
    package var isAutoscaled: Bool { spec.scaling.by.value != .none && maxReplicas.value > minReplicas.value }
    /// Whether no replica runs while nobody asks.
    package var sleeps: Bool { minReplicas.value == 0 }
    /// Whether any of its latencies is predicted and not measured.
    var hasModelledLatency: Bool { spec.measured.map { !$0.hasLatencies } ?? true }
    package var usesDRA: Bool { nodes.claiming != nil }
    /// Whether all of its pods refer to one claim.
    package var sharesClaim: Bool { if case .shared = nodes.claiming { true } else { false } }
    /// Whether its pods run side by side on a GPU or in a MIG instance.
    var usesMPS: Bool {
        switch nodes.layout {
        case .mps: true
        case .mig(let slice): slice.sharers > 1
        case .whole, .timeSlicing: false
        }
    }
    package var isStatic: Bool { nodes.supply.value == .static }
    /// Whether its nodes are those of a managed node group.
    package var isManaged: Bool { nodes.supply.value.isManaged }
    /// Whether replicas beyond the minimum may run elsewhere than in the primary pool.
    private var mayOverflow: Bool { isAutoscaled && nodes.layout == .whole && !usesDRA && !sleeps && !isManaged }
    package var usesSpot: Bool { mayOverflow && nodes.spot.value == .allowed }
    package var usesElastic: Bool { mayOverflow && nodes.spot.value == .never && surgeNodes > 0 }
    /// Whether the model is split into a fixed base and a surge that comes and goes.
    package var isSplit: Bool { usesSpot }

    /// Nodes that hold the minimum.
    package var baseNodes: Int { shape.nodes(for: minReplicas.value) }
    /// Nodes beyond those, at the maximum.
    package var surgeNodes: Int { max(0, Int(nodesOfSurge() as Double)) }
    /// Nodes for the replicas beyond those that the primary pool holds: a surge of its own takes no room that is left beside the base.
    package func nodesOfSurge<N: Arithmetic>() -> N {
        let minimum = N.given("minimum replicas", minReplicas, "replicas")
        let most = N.given("maximum replicas", maxReplicas, "replicas")
        let perNode = N.given("replicas per node", nodes.perNode, "replicas")
        let held = usesSpot ? minimum : (minimum / perNode).roundedUp * perNode
        return ((most - held) / perNode).roundedUp
    }
    /// Replicas of the minimum that one node carries: as many as it can, or an even part where they stand evenly.
    package var onOneNode: Int {
        let even = shape.leastNodes > 1 ? (minReplicas.value + baseNodes - 1) / baseNodes : shape.replicasPerNode
        return min(shape.replicasPerNode, even)
    }
    package var gpusPerReplica: Traced<Int> { point.tensorParallel }
}
