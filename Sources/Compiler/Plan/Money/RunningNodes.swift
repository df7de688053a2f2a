/// How many nodes of each pool run when the models have some numbers of replicas.
struct RunningNodes: Sendable {
    private let placements: [String: Placement]
    /// The shared pools by GPU product.
    private let elastic: [String: PoolPlan]
    private let spot: [String: PoolPlan]

    init(_ pools: [PoolPlan], _ models: [Placement]) {
        placements = Dictionary(models.map { ($0.name, $0) }) { first, _ in first }
        func byProduct(_ role: PoolPlan.Role) -> [String: PoolPlan] {
            Dictionary(pools.filter { $0.role == role }.map { ($0.gpu.id, $0) }) { first, _ in first }
        }
        elastic = byProduct(.elastic)
        spot = byProduct(.spot)
    }

    /// The models that may stand in a pool.
    func models(of pool: PoolPlan) -> [Placement] { pool.models.compactMap { placements[$0] } }

    /// The models whose surge a pool is for; others may visit it where it has room.
    func owners(of pool: PoolPlan) -> [Placement] {
        models(of: pool).filter { pool.role == .primary || (pool.role == .spot ? $0.usesSpot : $0.usesElastic) }
    }

    /// Nodes that may run at once, of the sizes that its models want.
    func limit(of pool: PoolPlan) -> Double {
        let sizes = surges(of: pool)
        guard sizes.count > 1 else { return Double(max(1, pool.nodes.value)) }
        let nodes = sizes.reduce(0) { $0 + $1.nodes }
        let gpus = sizes.reduce(0) { $0 + $1.nodes * $1.type.gpuCount }
        return Double(pool.gpus.value * nodes) / Double(max(1, gpus))
    }

    /// The nodes of each type that the surges of an elastic pool's models want at their peaks.
    func surges(of pool: PoolPlan) -> [(type: InstanceType, nodes: Int)] {
        guard pool.role == .elastic, pool.types.count > 1 else { return [] }
        return pool.types.map { type in
            let wanting = owners(of: pool).filter { $0.shape.type.name == type.name }
            return (type, wanting.reduce(0) { $0 + $1.surgeNodes })
        }
    }

    /// Nodes that run when each model has some number of replicas: whole ones, at most the limit.
    ///
    /// Surges that may stand on spot take what is free of an elastic pool first.
    func nodes(of pool: PoolPlan, _ replicas: (Placement) -> Int) -> Double {
        if let staticNodes = pool.staticNodes { return Double(staticNodes.value) }
        switch pool.role {
        case .primary: return Double(primaryNodes(pool, replicas))
        case .elastic:
            let own = ownNodes(pool, replicas)
            let guests = spot[pool.gpu.id].map { surge($0, replicas) } ?? 0
            return min(limit(of: pool), own + guests)
        case .spot:
            let wanted = surge(pool, replicas)
            let free = elastic[pool.gpu.id].map { limit(of: $0) - ownNodes($0, replicas) } ?? 0
            return min(limit(of: pool), max(0, wanted - free))
        }
    }

    /// The nodes of an elastic pool that are kept free for surges.
    func keptFree(_ pool: PoolPlan) -> Traced<Int> {
        let sharers = owners(of: pool).filter { pool.role == .elastic && $0.spec.headroom != nil }
        let nodes = sharers.reduce(0) {
            $0 + ($1.spec.headroom.map { [shape = $1.shape] in shape.nodes(for: $0.value) } ?? 0)
        }
        let ingredients = sharers.compactMap { model in
            model.spec.headroom.map { Ingredient("replicas of \(model.name) kept free", $0) }
        }
        return Traced(nodes, .derived(Derivation("nodes for the replicas that are kept free", ingredients)))
    }

    /// Nodes of an elastic pool for its own models, and those that are kept free for them.
    private func ownNodes(_ pool: PoolPlan, _ replicas: (Placement) -> Int) -> Double {
        min(limit(of: pool), surge(pool, replicas) + Double(keptFree(pool).value))
    }

    /// Nodes that the surges of a pool's models want.
    private func surge(_ pool: PoolPlan, _ replicas: (Placement) -> Int) -> Double {
        Double(
            owners(of: pool).reduce(0) { $0 + $1.shape.nodes(for: max(0, replicas($1) - $1.heldByPrimary)) })
    }

    private func primaryNodes(_ pool: PoolPlan, _ replicas: (Placement) -> Int) -> Int {
        let models = models(of: pool)
        guard let first = models.first else { return 0 }
        func held(_ model: Placement) -> Int { min(replicas(model), model.heldByPrimary) }
        let sum = models.reduce(0) { $0 + held($1) }
        let least = sum > 0 ? models.map(\.shape.leastNodes).max() ?? 1 : 0
        let needed = pool.partition?.nodes(for: models, held) ?? first.shape.nodes(for: sum)
        return min(pool.nodes.value, max(least, needed))
    }
}

extension Placement {
    /// Replicas that the primary pool has room for.
    fileprivate var heldByPrimary: Int {
        usesSpot ? minReplicas.value : usesElastic ? baseNodes * shape.replicasPerNode : maxReplicas.value
    }
}
