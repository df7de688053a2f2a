import Groundwork

extension RunningNodes {
    /// The nodes of a pool that the replicas of each model fill at some load, as fractions: the shares by which its cost is
    /// divided.
    func filled(_ pool: PoolPlan, _ replicas: Replicas) -> [(model: RunningModel, nodes: Reasoned)] {
        sharers(of: pool).map { model in
            let name = model.placement.name
            let nodes = fraction(of: pool, model, replicas(model)).named(
                "nodes of \(pool.name.value) filled by \(name)", "nodes")
            // Nodes of several sizes count at their prices.
            guard pool.hardware.types.count > 1 else { return (model, nodes) }
            return (model, nodes * model.placement.candidate.price.named("price of a node of \(name)", "$/h"))
        }
    }

    /// The models on whose replicas the nodes of a pool depend, without those that only use its free capacity.
    private func sharers(of pool: PoolPlan) -> [RunningModel] {
        let own = owners(of: pool)
        guard pool.role == .elastic, let spot = spot[pool.hardware.gpu.id] else { return own }
        return models(of: pool).filter { model in
            (own + owners(of: spot)).contains { $0.placement.name == model.placement.name }
        }
    }

    /// The nodes that some replicas of a model fill in a pool, as a fraction; headroom counts as its model's.
    private func fraction(of pool: PoolPlan, _ model: RunningModel, _ replicas: Reasoned) -> Reasoned {
        guard pool.role != .primary else { return model.held(of: replicas) / model.onNode }
        let surge = Reasoned.maximum(0, replicas - model.heldByPrimary)
        guard pool.role == .elastic, model.usesElastic, let headroom = model.placement.spec.headroom else {
            return surge / model.onNode
        }
        return (surge + headroom.named("headroom of \(model.placement.name)", "replicas")) / model.onNode
    }
}
