/// What a million tokens of a model cost, prompts and answers together, in dollars.
package struct TokenCost: Sendable {
    package let model: String
    /// With the minimum replicas at steady traffic; nil where no traffic is given.
    package let steady: Traced<Double>?
    /// With every replica at its operating point: no load of this shape costs less.
    package let full: Traced<Double>
}

/// Works out what a million tokens of a model cost, by its part of the primary pool, reserved nodes at their price.
func tokenCost(of model: Placement, _ running: RunningNodes) -> TokenCost {
    let shape = model.shape
    let pool = running.primaryPool(of: model)
    let perNode = Traced(shape.replicasPerNode, .catalog(shape.type.reference))
    let nodes = Traced(
        pool.map { running.nodes(of: $0) { $0.minReplicas.value } } ?? Double(model.baseNodes),
        .derived(
            Derivation(
                "nodes for the minimum replicas",
                [Ingredient("minimum", model.minReplicas), Ingredient("replicas per node", perNode)])))
    let ofNode = pool.map { priceOfNode($0, nodes, shape.price) } ?? shape.price
    let input = shape.workload.inputTokens
    let output = shape.workload.outputTokens
    let steady = model.spec.traffic.map { traffic in
        derive(
            "nodes × part of them × $/hour ÷ (steady × (input + output) × 3,600 s) × 1,000,000", ("nodes", nodes),
            (
                "part",
                pool.map { part(of: model, running.models(of: $0)) } ?? Traced(1, .convention("a pool of its own"))
            ),
            ("$/hour", ofNode), ("steady, requests/s", traffic.steady), ("input tokens", input),
            ("output tokens", output)
        ) { nodes, part, price, rate, input, output in
            perMillion(nodes * part * price, rate, tokens: input + output)
        }
    }
    let full = derive(
        "$/hour ÷ replicas per node ÷ (requests/s of a replica × (input + output) × 3,600 s) × 1,000,000",
        ("$/hour", ofNode),
        ("replicas per node", perNode), ("requests/s", model.point.requestsPerSecond), ("input tokens", input),
        ("output tokens", output)
    ) { price, perNode, rate, input, output in perMillion(price / Double(perNode), rate, tokens: input + output) }
    return TokenCost(model: model.name, steady: steady, full: full)
}

/// What a node of a pool costs in an hour while a number of them runs: those that are reserved at their price, used or not.
private func priceOfNode(_ pool: PoolPlan, _ nodes: Traced<Double>, _ price: Traced<Double>) -> Traced<Double> {
    guard !pool.reservations.isEmpty, nodes.value > 0 else { return price }
    let count = sum("nodes", pool.reservations.map { ($0.id.value, $0.count) })
    return derive(
        "(reservations + nodes beyond them × $/hour) ÷ nodes",
        ("reservations, $/hour", reservedPrice(pool.reservations)),
        ("nodes", nodes), ("reserved nodes", count), ("$/hour", price)
    ) { reserved, nodes, count, price in
        rounded((reserved + max(0, nodes - Double(count)) * price) / nodes, decimals: 4)
    }
}

/// The part of a pool's nodes that a model takes: by what its minimum would fill of them, if it stood there alone.
private func part(of model: Placement, _ sharers: [Placement]) -> Traced<Double> {
    func filled(_ model: Placement) -> Double {
        Double(model.minReplicas.value) / Double(model.shape.replicasPerNode)
    }
    let all = sharers.reduce(0) { $0 + filled($1) }
    guard sharers.count > 1, all > 0 else { return Traced(1, .convention("a pool of its own")) }
    let ingredients = sharers.flatMap { sharer in
        [
            Ingredient("minimum of \(sharer.name)", sharer.minReplicas),
            Ingredient(
                "replicas of \(sharer.name) per node",
                Traced(sharer.shape.replicasPerNode, .catalog(sharer.shape.type.reference))),
        ]
    }
    return Traced(
        filled(model) / all,
        .derived(Derivation("its minimum ÷ replicas per node, of the same of all models of the pool", ingredients)))
}

private func perMillion(_ perHour: Double, _ rate: Double, tokens: Int) -> Double {
    rounded(perHour / (rate * Double(tokens) * 3600) * 1_000_000, decimals: 3)
}
