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
    /// Replicas that one node carries.
    package let perNode: Traced<Int>
    package let layout: Layout
    /// Whether its primary nodes follow its pods.
    package let supply: Traced<NodeSupply>
    /// How its pods claim their GPUs; nil where the device plugin hands them out.
    package let claiming: Claiming?
    package let spot: Traced<SpotPolicy>
    package let scaleUp: Traced<Double>
    package let scaleDown: Traced<Double>
    package let cooldown: Traced<Double>
    /// The number format that the model is published in.
    package let nativeDType: DType
    package let defaultContext: Traced<Int>
    /// What the choice of shape rests on.
    package let demand: Demand
    /// Every shape that was tried.
    package let search: ShapeSearch
    /// Later choices of the spec's order of preference, on which the operating point holds as it is.
    package let alternatives: [Shape]

    init(
        spec: ModelSpec, shape: Shape, point: OperatingPoint, minReplicas: Traced<Int>, maxReplicas: Traced<Int>,
        layout: Layout, supply: Traced<NodeSupply>, claiming: Claiming?, spot: Traced<SpotPolicy>,
        scaleUp: Traced<Double>, scaleDown: Traced<Double>, cooldown: Traced<Double>, nativeDType: DType,
        defaultContext: Traced<Int>, demand: Demand, search: ShapeSearch, alternatives: [Shape]
    ) {
        self.spec = spec
        self.shape = shape
        self.point = point
        self.minReplicas = minReplicas
        self.maxReplicas = maxReplicas
        perNode = Traced<Int>(explainedReplicasPerNode(spec, shape, tensorParallel: point.tensorParallel))
        self.layout = layout
        self.supply = supply
        self.claiming = claiming
        self.spot = spot
        self.scaleUp = scaleUp
        self.scaleDown = scaleDown
        self.cooldown = cooldown
        self.nativeDType = nativeDType
        self.defaultContext = defaultContext
        self.demand = demand
        self.search = search
        self.alternatives = alternatives
    }

    package var name: String { spec.name.value }
    /// The other shapes that would do: the best of each instance type, at most five.
    package var runnersUp: [Shape] {
        var seen: Set<String> = [shape.type.name]
        return Array(search.feasible.filter { seen.insert($0.type.name).inserted }.prefix(5))
    }
    package var isAutoscaled: Bool { spec.scaling.by.value != .none && maxReplicas.value > minReplicas.value }
    /// Whether no replica runs while nobody asks.
    package var sleeps: Bool { minReplicas.value == 0 }
    /// Whether any of its latencies is predicted and not measured.
    var hasModelledLatency: Bool { spec.measured.map { !$0.hasLatencies } ?? true }
    package var usesDRA: Bool { claiming != nil }
    /// Whether all of its pods refer to one claim.
    package var sharesClaim: Bool { if case .shared = claiming { true } else { false } }
    /// Whether its pods run side by side on a GPU or in a MIG instance.
    var usesMPS: Bool {
        switch layout {
        case .mps: true
        case .mig(let slice): slice.sharers > 1
        case .whole, .timeSlicing: false
        }
    }
    package var isStatic: Bool { supply.value == .static }
    /// Whether its nodes are those of a managed node group.
    package var isManaged: Bool { supply.value.isManaged }
    /// Whether replicas beyond the minimum may run elsewhere than in the primary pool.
    private var mayOverflow: Bool { isAutoscaled && layout == .whole && !usesDRA && !sleeps && !isManaged }
    package var usesSpot: Bool { mayOverflow && spot.value == .allowed }
    package var usesElastic: Bool { mayOverflow && spot.value == .never && surgeNodes > 0 }
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
        let perNode = N.given("replicas per node", perNode, "replicas")
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
