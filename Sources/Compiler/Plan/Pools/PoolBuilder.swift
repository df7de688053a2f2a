/// Builds pools of the three roles from the models that use them.
struct PoolBuilder {
    let spec: ClusterSpec
    let prices: PriceList

    /// The pool that guarantees its models' minimum: whole nodes for it, or for the maximum where no other pool can help.
    func primary(
        _ models: [Placement], _ partition: MIGPartition?, reservations: [ReservationSpec]
    ) -> PoolPlan {
        let first = models[0]
        let type = first.shape.type
        let replicas = Reasoned.sum(
            models.map { model in
                let overflows = model.usesElastic || model.usesSpot
                let name = overflows ? "minimum replicas" : "maximum replicas"
                return (overflows ? model.minReplicas : model.maxReplicas)
                    .named(models.count == 1 ? name : "\(name) of \(model.name)", "replicas")
            })
        let perNode = first.perNode.named("replicas per node", "replicas")
        let even = first.layout == .whole ? nil : EvenNodes(models, perNode: perNode)
        let byReplicas = even?.nodes ?? (replicas / perNode).roundedUp
        let isMixed = Set(models.map(\.layout)).count > 1
        let needed = isMixed ? partition?.nodes ?? byReplicas : byReplicas
        let always = first.isStatic || first.isManaged && !first.isResized(spec.platform)
        let replacement = Traced(
            1, .convention("a static pool replaces a drifted node by starting the new one first"))
        let nodes = Traced<Int>(
            first.isStatic
                ? needed.named("nodes for the replicas", "nodes") + replacement.named("replacement", "nodes") : needed)
        // A launch template names one reservation, and starts nothing beyond it.
        let reservations =
            first.isManaged ? Array(reservations.filter { $0.count.value >= nodes.value }.prefix(1)) : reservations
        let capacityTypes =
            reservations.isEmpty ? ["on-demand"] : first.isManaged ? ["reserved"] : ["reserved", "on-demand"]
        return make(
            (first.spec.pool ?? first.spec.name).map(Names.primary), .primary, models,
            [type] + first.alternatives.map(\.type),
            nodes: nodes, sizedBy: first,
            standsEvenly: isMixed ? partition?.standsEvenly ?? false : even?.areEven ?? false,
            staticNodes: always ? Traced<Int>(needed) : nil, partition: partition,
            capacityTypes: capacityTypes, reservations: reservations)
    }

    /// The shared pool of a GPU product for surges: large enough for the largest surge of one model.
    func elastic(_ gpu: GPU, _ models: [Placement], visitors: [Placement]) -> PoolPlan {
        let largest = largestSurge(models)
        return make(
            Traced(Names.elastic(gpu.id), .convention("one elastic pool for each GPU product")), .elastic,
            models + visitors,
            types(of: models), nodes: Traced<Int>(largest.nodesOfSurge()), sizedBy: largest,
            capacityTypes: ["on-demand"])
    }

    /// The spot pool of a GPU product: every type of it on which the models' shapes fit unchanged, at a sane price.
    func spot(_ gpu: GPU, _ models: [Placement]) -> PoolPlan {
        let largest = largestSurge(models)
        let ranks = models.map(\.gpusPerReplica.value).max() ?? 1
        let most = largest.surgeNodes * largest.shape.type.gpuCount
        let host = HostRequests(tensorParallel: Double(ranks))
        func perGPU(_ type: InstanceType) -> Double {
            (prices.onDemand(type)?.value ?? .infinity) / Double(type.gpuCount)
        }
        let ceiling = perGPU(largest.shape.type) * Thresholds.spotPriceSpread.value
        let avoid = spec.instances.avoid + models.flatMap(\.spec.instances.avoid)
        let types = Catalog.instanceTypes.filter { type in
            type.gpuID == gpu.id && type.isUsable && type.gpuCount >= ranks && type.gpuCount <= most
                && host.fitting(on: type) >= Double(max(1, type.gpuCount / ranks)) && perGPU(type) <= ceiling
                && !avoid.contains { type.isNamed($0.value) }
        }.sorted { (perGPU($0), $0.name) < (perGPU($1), $1.name) }
        return make(
            Traced(Names.spot(gpu.id), .convention("one spot pool for each GPU product")), .spot, models,
            types.isEmpty ? [largest.shape.type] : types, nodes: Traced<Int>(largest.nodesOfSurge()),
            sizedBy: largest,
            capacityTypes: ["spot"])
    }

    /// The model whose replicas beyond its primary pool take the most GPUs.
    private func largestSurge(_ models: [Placement]) -> Placement {
        models.max { $0.surgeNodes * $0.shape.type.gpuCount < $1.surgeNodes * $1.shape.type.gpuCount } ?? models[0]
    }

    private func types(of models: [Placement]) -> [InstanceType] {
        var seen: Set<String> = []
        return models.map(\.shape.type).filter { seen.insert($0.name).inserted }
    }
}

/// Adds up the same figure of several models.
func sum(_ name: String, _ unit: Unit, _ parts: some Sequence<(String, Traced<Int>)>) -> Reasoned {
    let parts = Array(parts)
    if parts.count == 1 { return parts[0].1.named(name, unit) }
    return .sum(parts.map { $1.named("\(name) of \($0)", unit) })
}

/// Adds up the same figure of several models.
func sum(_ name: String, _ parts: some Sequence<(String, Traced<Int>)>) -> Traced<Int> {
    Traced<Int>(sum(name, .one, parts))
}
