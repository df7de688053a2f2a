import Groundwork

/// How many nodes of each pool run for given numbers of replicas.
package struct RunningNodes: Sendable {
    /// The replicas of each model at some load, between minimum and maximum.
    typealias Replicas = (RunningModel) -> Reasoned

    let models: [RunningModel]
    private let byName: [String: RunningModel]
    /// The shared pools by GPU product.
    let elastic: [String: PoolPlan]
    let spot: [String: PoolPlan]

    package init(_ pools: [PoolPlan], _ models: [Placement]) {
        self.models = models.map(RunningModel.init)
        byName = Dictionary(self.models.map { ($0.placement.name, $0) }) { first, _ in first }
        func byProduct(_ role: PoolPlan.Role) -> [String: PoolPlan] {
            Dictionary(pools.filter { $0.role == role }.map { ($0.hardware.gpu.id, $0) }) { first, _ in first }
        }
        elastic = byProduct(.elastic)
        spot = byProduct(.spot)
    }

    /// The models that may run in a pool.
    func models(of pool: PoolPlan) -> [RunningModel] { pool.models.compactMap { byName[$0] } }

    /// The models on whose replicas the nodes of a pool depend: spot takes what does not fit an elastic pool.
    func models(behind pool: PoolPlan) -> [RunningModel] {
        models(of: pool.role == .spot ? elastic[pool.hardware.gpu.id] ?? pool : pool)
    }

    /// The models whose surge a pool is for; others may use its free capacity.
    func owners(of pool: PoolPlan) -> [RunningModel] {
        models(of: pool).filter { pool.role == .primary || (pool.role == .spot ? $0.usesSpot : $0.usesElastic) }
    }

    /// Nodes that run for given numbers of replicas: whole ones, up to the limit.
    ///
    /// Surges that may run on spot use free capacity of an elastic pool first.
    func nodes(of pool: PoolPlan, _ replicas: Replicas) -> Reasoned {
        if let staticNodes = pool.size.staticNodes { return staticNodes.named("static nodes", "nodes") }
        switch pool.role {
        case .primary:
            let needed = primaryNodes(pool, replicas)
            // A node group is never empty, even while its models are scaled to zero.
            guard let group = pool.group, group.existing == nil,
                models(of: pool).contains(where: \.placement.scalesToZero)
            else { return needed }
            return .maximum(group.minNodes.named("minimum nodes of \(group.name.value)", "nodes"), needed)
        case .elastic:
            let own = ownNodes(pool, replicas)
            guard let spot = spot[pool.hardware.gpu.id] else { return own }
            return .minimum(limit(of: pool), own + surge(spot, replicas))
        case .spot:
            let wanted = surge(pool, replicas)
            guard let elastic = elastic[pool.hardware.gpu.id] else { return .minimum(limit(of: pool), wanted) }
            let free = (limit(of: elastic) - ownNodes(elastic, replicas)).named("free elastic nodes", "nodes")
            return .minimum(limit(of: pool), .maximum(0, wanted - free))
        }
    }

    /// The nodes of an elastic pool that are kept free for surges; nil if none are.
    package func keptFree(_ pool: PoolPlan) -> Reasoned? {
        guard pool.role == .elastic else { return nil }
        let parts = owners(of: pool).compactMap { model -> Reasoned? in
            let name = model.placement.name
            return model.placement.spec.headroom.map { headroom in
                model.nodes(for: headroom.named("headroom of \(name)", "replicas"))
                    .named("headroom nodes of \(name)", "nodes")
            }
        }
        return parts.isEmpty ? nil : .sum(parts)
    }

    /// The nodes of each type that the surges of an elastic pool's models need at peak load.
    func surges(of pool: PoolPlan) -> [(type: InstanceType, nodes: Reasoned)] {
        guard pool.role == .elastic, pool.hardware.types.count > 1 else { return [] }
        return pool.hardware.types.map { type in
            let wanting = owners(of: pool).filter { $0.placement.candidate.type.name == type.name }
            let nodes = Reasoned.sum(wanting.map { $0.surgeNodes(for: $0.most) })
            return (type, nodes.named("nodes of \(type.name) for all surges", "nodes"))
        }
    }

    /// The node limit of a pool, for the sizes that its models need.
    private func limit(of pool: PoolPlan) -> Reasoned {
        let name = "maximum nodes of \(pool.name.value)"
        let sizes = surges(of: pool)
        guard sizes.count > 1 else { return pool.size.nodes.named(name, "nodes") }
        let gpus = Reasoned.sum(sizes.map { $0.nodes * $0.type.gpus })
        return (pool.size.gpus.named("maximum GPUs of \(pool.name.value)", "GPUs") * .sum(sizes.map(\.nodes)) / gpus)
            .named(name, "nodes")
    }

    /// Nodes of an elastic pool for its own models, including their headroom.
    private func ownNodes(_ pool: PoolPlan, _ replicas: Replicas) -> Reasoned {
        let surge = surge(pool, replicas)
        return .minimum(limit(of: pool), keptFree(pool).map { surge + $0 } ?? surge)
    }

    /// Nodes that the surges of a pool's models need.
    private func surge(_ pool: PoolPlan, _ replicas: Replicas) -> Reasoned {
        .sum(owners(of: pool).map { $0.surgeNodes(for: replicas($0)) })
    }

    /// Nodes of a primary pool for the replicas that fit it.
    private func primaryNodes(_ pool: PoolPlan, _ replicas: Replicas) -> Reasoned {
        let models = models(of: pool)
        guard let first = models.first else { return 0 }
        func held(_ model: RunningModel) -> Reasoned { model.held(of: replicas(model)) }
        let sum = Reasoned.sum(models.map(held))
        let needed =
            pool.sharing.partition?.nodes(for: models.map(\.placement)) { byName[$0.name].map(held) ?? 0 }
            ?? first.nodes(for: sum)
        let mayLoseOne = sum.value > 0 && models.contains { $0.placement.candidate.leastNodes > 1 }
        return .minimum(
            pool.size.nodes.named("maximum nodes of \(pool.name.value)", "nodes"),
            mayLoseOne ? .maximum(Thresholds.evenNodes.reasoned, needed) : needed)
    }
}
