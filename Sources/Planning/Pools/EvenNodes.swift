import Groundwork

/// The nodes for the replicas of models that share GPUs, and whether the replicas must be spread evenly over them.
///
/// If one model relies on what remains after the loss of a node, all replicas of a pool are spread evenly: else those of another model could
/// fill one node and leave no capacity there for its part.
struct EvenNodes {
    let nodes: Reasoned
    let areEven: Bool

    /// The nodes for the maximum replicas of models, given the replicas per node.
    init(_ models: [Placement], perNode: Reasoned) {
        let counts = models.map { ($0.name, $0.maxReplicas) }
        let filled = (sum("maximum replicas", "replicas", counts) / perNode).roundedUp
        guard models.contains(where: { $0.candidate.leastNodes > 1 }) else {
            (nodes, areEven) = (filled, false)
            return
        }
        let least = Thresholds.evenNodes.reasoned
        // The most replicas on one node if those of each model are spread evenly.
        @Sendable func part<N: Arithmetic>(on nodes: N) -> N {
            let parts = counts.map { name, count in
                (N.given("maximum replicas of \(name)", count, "replicas") / nodes).roundedUp
            }
            return parts.dropFirst().reduce(parts[0], +)
        }
        let most = counts.reduce(0) { $0 + $1.1.value }
        let even = (Int(least.value)...max(Int(least.value), most)).first { part(on: Double($0)) <= perNode.value }
        areEven = even != nil
        guard let even, models.count > 1 else {
            nodes = .maximum(least, filled)
            return
        }
        nodes = .solved(
            "nodes", Double(even), "nodes", "the fewest over which the replicas of each model can be spread evenly",
            beyond: Double(even - 1)
        ) { nodes in
            [Condition(nodes, .atLeast, least), Condition(part(on: nodes), .atMost, perNode)]
        }
    }
}
