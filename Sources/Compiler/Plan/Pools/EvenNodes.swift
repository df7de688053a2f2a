/// How many nodes hold the replicas of models that share GPUs, and whether these have to stand evenly on them.
///
/// Where one model counts on what stays after the loss of a node, all replicas of a pool stand evenly: else those of another model could
/// crowd on one node, and leave no place there for its part.
struct EvenNodes {
    let nodes: Int
    let areEven: Bool

    /// The nodes for replicas at their maximum, of which each node carries some number.
    init(_ models: [Placement], perNode: Int) {
        let sum = models.reduce(0) { $0 + $1.maxReplicas.value }
        let filled = (sum + perNode - 1) / perNode
        let least = models.map(\.shape.leastNodes).max() ?? 1
        // A node without a place for one of each is out of the question, however many there are.
        let isPossible = least > 1 && models.count <= perNode
        let even = isPossible ? (least...max(least, sum)).first { Self.parts(models, on: $0) <= perNode } : nil
        nodes = even ?? max(least, filled)
        areEven = even != nil
    }

    /// Replicas that a node carries at most where those of each model stand evenly.
    static func parts(_ models: [Placement], on nodes: Int) -> Int {
        models.reduce(0) { $0 + ($1.maxReplicas.value + nodes - 1) / nodes }
    }
}
