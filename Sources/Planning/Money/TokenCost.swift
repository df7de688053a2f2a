import Groundwork

/// The cost of a million tokens of a model, input and output together, in dollars.
package struct TokenCost: Sendable {
    package let model: String
    /// With the minimum replicas at steady traffic; nil without traffic, or if the model scales to zero.
    package let steady: Traced<Double>?
    /// With every replica at its operating point: the lowest cost for these request lengths.
    package let full: Traced<Double>
}

/// Computes the cost of a million tokens of each model.
func tokenCosts(_ pools: [PoolPlan], _ running: RunningNodes, _ prices: PriceList) -> [TokenCost] {
    var shares: [String: PoolShare] = [:]
    for pool in pools where pool.role == .primary {
        let share = PoolShare(pool, running, prices)
        for model in pool.models { shares[model] = share }
    }
    return running.models.compactMap { model in shares[model.placement.name].map { tokenCost(of: model, $0) } }
}

/// Computes the cost of a million tokens of a model, by its part of the primary pool.
private func tokenCost(of model: RunningModel, _ share: PoolShare) -> TokenCost {
    let placement = model.placement
    let workload = placement.candidate.workload
    let prompt = workload.inputTokens.named("input tokens", "tokens")
    let tokens = workload.outputTokens.map { prompt + $0.named("output tokens", "tokens") } ?? prompt
    func perMillion(_ perHour: Reasoned, _ rate: Reasoned) -> Traced<Double> {
        Traced((perHour / (rate * tokens * .constant(3600, "s/h")) * .constant(1_000_000, "tokens")).rounded(3))
    }
    return TokenCost(
        model: placement.name,
        steady: placement.scalesToZero
            ? nil
            : placement.spec.traffic.map {
                perMillion(share.price(of: model), $0.steady.named("steady traffic", "requests/s"))
            },
        full: perMillion(
            share.price / model.onNode,
            placement.point.requestsPerSecond.named("sustained request rate", "requests/s")))
}
