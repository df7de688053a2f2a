/// What a million tokens of a model cost, prompts and answers together, in dollars.
package struct TokenCost: Sendable {
    package let model: String
    /// With the minimum replicas at steady traffic; nil where no traffic is given.
    package let steady: Traced<Double>?
    /// With every replica at its operating point: no load of this shape costs less.
    package let full: Traced<Double>
}

/// Works out what a million tokens of a model cost, by its share of the nodes that it stands on.
func tokenCost(of model: Placement) -> TokenCost {
    let shape = model.shape
    let perNode = Traced(shape.replicasPerNode, .catalog(shape.type.reference))
    let perReplica = derive("$/hour ÷ replicas per node", ("$/hour", shape.price), ("replicas per node", perNode)) {
        $0 / Double($1)
    }
    let input = Traced(shape.workload.inputTokens.value, shape.workload.inputTokens.origin)
    let output = Traced(shape.workload.outputTokens.value, shape.workload.outputTokens.origin)
    let steady = model.spec.traffic.map { traffic in
        derive(
            "nodes × $/hour ÷ (steady × (input + output) × 3,600 s) × 1,000,000",
            (
                "nodes",
                derive(
                    "minimum ÷ replicas per node, whole nodes", ("minimum", model.minReplicas),
                    ("replicas per node", perNode)
                ) { _, _ in model.baseNodes }
            ),
            ("$/hour", shape.price), ("steady, requests/s", traffic.steady), ("input tokens", input),
            ("output tokens", output)
        ) { nodes, price, rate, input, output in
            perMillion(Double(nodes) * price, rate, tokens: input + output)
        }
    }
    let full = derive(
        "$/hour of a replica ÷ (its requests/s × (input + output) × 3,600 s) × 1,000,000", ("$/hour", perReplica),
        ("requests/s", model.point.requestsPerSecond), ("input tokens", input), ("output tokens", output)
    ) { price, rate, input, output in perMillion(price, rate, tokens: input + output) }
    return TokenCost(model: model.name, steady: steady, full: full)
}

private func perMillion(_ perHour: Double, _ rate: Double, tokens: Int) -> Double {
    rounded(perHour / (rate * Double(tokens) * 3600) * 1_000_000, decimals: 3)
}
