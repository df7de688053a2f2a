import Groundwork

extension PoolBuilder {
    /// The spot pool of a GPU product: every type with it that fits the models' replicas unchanged, at a reasonable price.
    func spot(_ gpu: GPU, _ models: [Placement]) -> PoolPlan {
        let largest = largestSurge(models)
        let (types, names) = spotTypes(gpu, models, largest, atMost: mostGPUsOfSurge(models))
        return make(
            Traced(Names.spot(gpu.id), .convention("one spot pool per GPU product")), .spot, models,
            types, named: names, nodes: nodes(for: models, sizedBy: largest), sizedBy: largest,
            capacityTypes: ["spot"])
    }

    /// The types of a pool on spot for some models, cheapest first, and their names with what was compared; `most` is the GPUs of all replicas in it.
    func spotTypes(_ gpu: GPU, _ models: [Placement], _ largest: Placement, atMost most: Reasoned)
        -> (types: [InstanceType], names: [Traced<String>]?)
    {
        let limits = SpotLimits(models, largest, prices, spec.platform.nodes, atMost: most)
        let avoid = spec.instances.avoid + models.flatMap(\.spec.instances.avoid)
        let types = Catalog.instanceTypes.filter { type in
            type.gpuID == gpu.id && type.isUsable && prices.isOffered(type)
                && !avoid.contains { type.isNamed($0.value) } && limits.allow(type)
        }.sorted { (limits.order($0), $0.name) < (limits.order($1), $1.name) }
        return types.isEmpty ? ([largest.candidate.type], nil) : (types, types.map(limits.name))
    }
}

/// The conditions for a type to be in a spot pool.
private struct SpotLimits {
    private let prices: PriceList
    /// GPUs of the largest replica.
    private let ranks: Reasoned
    private let mostGPUs: Reasoned
    private let ceiling: Reasoned
    private let resources: ResourcesSpec
    private let nodes: NodesSpec

    init(_ models: [Placement], _ largest: Placement, _ prices: PriceList, _ nodes: NodesSpec, atMost most: Reasoned) {
        self.prices = prices
        self.nodes = nodes
        resources = .most(of: models.map(\.spec))
        let sizes = models.map { $0.gpusPerReplica.named("GPUs per replica of \($0.name)", "GPUs") }
        ranks = .maximum(of: sizes).named("GPUs of the largest replica", "GPUs")
        mostGPUs = most
        let usual = (prices.known(largest.candidate.type) / largest.candidate.type.gpus)
        ceiling = (usual * Thresholds.spotPriceSpread.reasoned).named("maximum price per GPU", "$/h")
    }

    /// Whether a type meets all of them.
    func allow(_ type: InstanceType) -> Bool {
        guard let conditions = conditions(type) else { return false }
        return conditions.allSatisfy(\.holds)
    }

    /// The on-demand price of one of its GPUs; what has none comes last.
    func order(_ type: InstanceType) -> Double { pricePerGPU(type)?.value ?? .infinity }

    /// The on-demand price of one of its GPUs; nil if none is known.
    func pricePerGPU(_ type: InstanceType) -> Reasoned? {
        prices.onDemand(type).map {
            ($0.named("price of \(type.name)", "$/h") / type.gpus).named("price per GPU of \(type.name)", "$/h")
        }
    }

    /// The name of a type that meets them, with the figures that were compared.
    func name(_ type: InstanceType) -> Traced<String> {
        let figures = (conditions(type) ?? []).flatMap { [$0.left, $0.right] }.filter { $0.name != nil }
        var names: Set<String> = []
        let givens = figures.filter { names.insert($0.name ?? "").inserted }.map {
            Ingredient($0.name ?? "", .number($0.value), .computed($0))
        }
        return Traced(
            type.name,
            .inferred(
                Inference(
                    "a type with the same GPU whose CPU and memory fit as many replicas as its GPUs, within the maximum price per GPU",
                    givens)))
    }

    /// What is compared; nil for a type without a price.
    private func conditions(_ type: InstanceType) -> [Condition]? {
        guard let price = pricePerGPU(type) else { return nil }
        let host = HostRequests<Reasoned>(tensorParallel: ranks, resources).fitting(on: NodeResources(type, nodes))
        let places = Reasoned.maximum(1, (type.gpus / ranks).roundedDown)
        return [
            Condition(ranks, .atMost, type.gpus), Condition(type.gpus, .atMost, mostGPUs),
            Condition(
                host.named("replicas by CPU and memory", "replicas"), .atLeast,
                places.named("replicas by GPU", "replicas")),
            Condition(price, .atMost, ceiling),
        ]
    }
}
