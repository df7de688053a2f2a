import Groundwork

/// The cost of a primary pool's nodes at steady load, and how it is divided among its models.
struct PoolShare: Sendable {
    /// Nodes that run with the minimum replicas.
    let nodes: Reasoned
    /// The hourly price of one of them: reserved ones at their price, used or not.
    let price: Reasoned
    /// The sum of the nodes that each model's minimum would fill alone; nil in a pool of one model.
    private let filled: Reasoned?

    init(_ pool: PoolPlan, _ running: RunningNodes, _ prices: PriceList) {
        let models = running.models(of: pool)
        guard let first = models.first else { preconditionFailure("\(pool.name.value) has no model") }
        nodes = running.nodes(of: pool, \.least).named("nodes for the minimum replicas", "nodes")
        let listed = first.placement.candidate.price.named("price of \(pool.hardware.types[0].name)", "$/h")
        price = Self.price(of: pool, pool.isSpot ? nodePrice(pool, running, prices) : listed, nodes)
        let sum = Reasoned.sum(models.map(\.filled)).named("nodes filled by all models", "nodes")
        filled = models.count > 1 && sum.value > 0 ? sum : nil
    }

    /// The hourly price of a model's part of the nodes.
    func price(of model: RunningModel) -> Reasoned {
        let all = nodes * price
        return filled.map { all * (model.filled / $0) } ?? all
    }

    private static func price(of pool: PoolPlan, _ listed: Reasoned, _ nodes: Reasoned) -> Reasoned {
        if let unpaid = pool.existing?.unpaid { return unpaid.named("node price", "$/h") }
        guard !pool.hardware.reservations.isEmpty, nodes.value > 0 else { return listed }
        let further = Reasoned.maximum(0, nodes - reservedNodes(pool.hardware.reservations)) * listed
        return ((reservedPrice(pool.hardware.reservations) + further) / nodes).named("node price", "$/h")
    }
}
