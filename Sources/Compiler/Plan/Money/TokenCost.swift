/// What a million tokens of a model cost, prompts and answers together, in dollars.
package struct TokenCost: Sendable {
    package let model: String
    /// With the minimum replicas at steady traffic; nil where no traffic is given.
    package let steady: Traced<Double>?
    /// With every replica at its operating point: no load of this shape costs less.
    package let full: Traced<Double>
}

/// Works out what a million tokens of each model cost.
func tokenCosts(_ models: [Placement], _ pools: [PoolPlan], _ running: RunningNodes) -> [TokenCost] {
    var shares: [String: PoolShare] = [:]
    for pool in pools where pool.role == .primary {
        let share = PoolShare(pool, running)
        for model in pool.models { shares[model] = share }
    }
    return models.compactMap { model in shares[model.name].map { tokenCost(of: model, $0) } }
}

/// Works out what a million tokens of a model cost, by its part of the primary pool.
private func tokenCost(of model: Placement, _ share: PoolShare) -> TokenCost {
    let workload = model.shape.workload
    let perNode = Traced(model.shape.replicasPerNode, .catalog(model.shape.type.reference))
    let (input, output) = (workload.inputTokens, workload.outputTokens)
    let steady = model.spec.traffic.map { traffic in
        derive(
            "nodes × part of them × $/hour ÷ (steady × (input + output) × 3,600 s) × 1,000,000", ("nodes", share.nodes),
            ("part", share.part(of: model, perNode)), ("$/hour", share.price), ("steady, requests/s", traffic.steady),
            ("input tokens", input), ("output tokens", output)
        ) { nodes, part, price, rate, input, output in
            perMillion(nodes * part * price, rate, tokens: input + output)
        }
    }
    let full = derive(
        "$/hour ÷ replicas per node ÷ (requests/s of a replica × (input + output) × 3,600 s) × 1,000,000",
        ("$/hour", share.price), ("replicas per node", perNode), ("requests/s", model.point.requestsPerSecond),
        ("input tokens", input), ("output tokens", output)
    ) { price, perNode, rate, input, output in perMillion(price / Double(perNode), rate, tokens: input + output) }
    return TokenCost(model: model.name, steady: steady, full: full)
}

private func perMillion(_ perHour: Double, _ rate: Double, tokens: Int) -> Double {
    rounded(perHour / (rate * Double(tokens) * 3600) * 1_000_000, decimals: 3)
}
