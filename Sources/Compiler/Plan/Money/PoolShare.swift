/// What the nodes of a primary pool cost as usual, and how they are divided among its models.
struct PoolShare: Sendable {
    /// Nodes that run with the minimum replicas.
    let nodes: Traced<Double>
    /// What one of them costs, dollars per hour: those that are reserved at their price, used or not.
    let price: Traced<Double>
    /// The nodes that each model's minimum would fill if it stood there alone, added up; nil in a pool of one model.
    private let filled: Traced<Double>?

    init(_ pool: PoolPlan, _ running: RunningNodes) {
        let models = running.models(of: pool)
        let least = models.map { Ingredient("minimum of \($0.name)", $0.minReplicas) }
        nodes = Traced(
            running.nodes(of: pool) { $0.minReplicas.value },
            .derived(Derivation("nodes for the minimum replicas", least)))
        let listed = models.first?.shape.price ?? Traced(0, .convention("nobody stands there"))
        price = Self.price(of: pool, listed, nodes)
        filled =
            models.count < 2
            ? nil
            : Traced(
                models.reduce(0) { $0 + Self.filled($1) },
                .derived(Derivation("Σ minimum ÷ replicas per node of all models of the pool", least)))
    }

    /// The part of the nodes that a model pays.
    func part(of model: Placement, _ perNode: Traced<Int>) -> Traced<Double> {
        guard let filled, filled.value > 0 else { return Traced(1, .convention("a pool of its own")) }
        return derive(
            "minimum ÷ replicas per node ÷ the same of all models of the pool", ("minimum", model.minReplicas),
            ("replicas per node", perNode), ("all models", filled)
        ) { _, _, all in Self.filled(model) / all }
    }

    private static func filled(_ model: Placement) -> Double {
        Double(model.minReplicas.value) / Double(model.shape.replicasPerNode)
    }

    private static func price(of pool: PoolPlan, _ listed: Traced<Double>, _ nodes: Traced<Double>) -> Traced<Double> {
        guard !pool.reservations.isEmpty, nodes.value > 0 else { return listed }
        let count = sum("nodes", pool.reservations.map { ($0.id.value, $0.count) })
        return derive(
            "(reservations + nodes beyond them × $/hour) ÷ nodes",
            ("reservations, $/hour", reservedPrice(pool.reservations)), ("nodes", nodes), ("reserved nodes", count),
            ("$/hour", listed)
        ) { reserved, nodes, count, price in
            rounded((reserved + max(0, nodes - Double(count)) * price) / nodes, decimals: 4)
        }
    }
}
