/// Builds pools of the three roles from the models that use them.
struct PoolBuilder {
    let spec: ClusterSpec
    let prices: PriceList

    /// The pool that guarantees its models' minimum: whole nodes for it, or for the maximum where no other pool can help.
    func primary(
        _ name: String, _ models: [Placement], _ partition: MIGPartition?, reservations: [ReservationSpec]
    ) -> PoolPlan {
        let first = models[0]
        let type = first.shape.type
        let overflowing = models.count { $0.usesElastic || $0.usesSpot }
        let held = overflowing == 0 ? "maximum replicas" : overflowing == models.count ? "minimum replicas" : "replicas"
        let perNode = Traced(first.shape.replicasPerNode, .catalog(type.reference))
        let counts = models.map { $0.usesElastic || $0.usesSpot ? $0.minReplicas : $0.maxReplicas }
        let replicas = sum(held, zip(models.map(\.name), counts))
        let even = first.layout == .whole ? nil : EvenNodes(models, perNode: first.shape.replicasPerNode)
        let byReplicas = derive(
            "replicas ÷ replicas per node, whole nodes"
                + (even?.areEven == true ? ", those of each model evenly on two at least" : ""),
            ("replicas", replicas), ("replicas per node", perNode)
        ) {
            even?.nodes ?? ($0 + $1 - 1) / $1
        }
        let isMixed = Set(models.map(\.layout)).count > 1
        let needed = isMixed ? partition?.nodes ?? byReplicas : byReplicas
        let always = first.isStatic || first.isManaged && !first.isResized(spec.platform)
        let nodes =
            first.isStatic
            ? derive(
                "nodes + one for replacing a node that drifted", ("nodes", needed),
                (
                    "replacement",
                    Traced(1, .convention("a static pool replaces a drifted node by starting the new one first"))
                )
            ) { $0 + $1 } : needed
        // A launch template names one reservation, and starts nothing beyond it.
        let reservations =
            first.isManaged ? Array(reservations.filter { $0.count.value >= nodes.value }.prefix(1)) : reservations
        let capacityTypes =
            reservations.isEmpty ? ["on-demand"] : first.isManaged ? ["reserved"] : ["reserved", "on-demand"]
        return make(
            Traced(name, models[0].spec.pool?.origin ?? models[0].spec.name.origin), .primary, models,
            [type] + first.alternatives.map(\.type),
            nodes: nodes, sizedBy: first,
            standsEvenly: isMixed ? partition?.standsEvenly ?? false : even?.areEven ?? false,
            staticNodes: always ? needed : nil, partition: partition,
            capacityTypes: capacityTypes, reservations: reservations)
    }

    /// The shared pool of a GPU product for surges: large enough for the largest surge of one model.
    func elastic(_ gpu: GPU, _ models: [Placement], visitors: [Placement]) -> PoolPlan {
        let largest = largestSurge(models)
        return make(
            Traced(Names.elastic(gpu.id), .convention("one elastic pool for each GPU product")), .elastic,
            models + visitors,
            types(of: models), nodes: surge(largest, "the largest surge of one model"), sizedBy: largest,
            capacityTypes: ["on-demand"])
    }

    /// The spot pool of a GPU product: every type of it on which the models' shapes fit unchanged, at a sane price.
    func spot(_ gpu: GPU, _ models: [Placement]) -> PoolPlan {
        let largest = largestSurge(models)
        let ranks = models.map(\.gpusPerReplica.value).max() ?? 1
        let most = largest.surgeNodes * largest.shape.type.gpuCount
        let host = HostRequests(tensorParallel: ranks)
        func perGPU(_ type: InstanceType) -> Double {
            (prices.onDemand(type)?.value ?? .infinity) / Double(type.gpuCount)
        }
        let ceiling = perGPU(largest.shape.type) * Thresholds.spotPriceSpread.value
        let avoid = spec.instances.avoid + models.flatMap(\.spec.instances.avoid)
        let types = Catalog.instanceTypes.filter { type in
            type.gpuID == gpu.id && type.isUsable && type.gpuCount >= ranks && type.gpuCount <= most
                && host.fitting(on: type) >= max(1, type.gpuCount / ranks) && perGPU(type) <= ceiling
                && !avoid.contains { type.isNamed($0.value) }
        }.sorted { (perGPU($0), $0.name) < (perGPU($1), $1.name) }
        return make(
            Traced(Names.spot(gpu.id), .convention("one spot pool for each GPU product")), .spot, models,
            types.isEmpty ? [largest.shape.type] : types, nodes: surge(largest, "the largest surge on spot"),
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

    /// Nodes for a model's replicas beyond its primary pool.
    private func surge(_ model: Placement, _ formula: String) -> Traced<Int> {
        derive(
            "\(formula): maximum replicas − \(model.usesSpot ? "the minimum" : "those that the primary pool holds"), whole nodes",
            ("maximum", model.maxReplicas),
            ("minimum", model.minReplicas),
            ("replicas per node", Traced(model.shape.replicasPerNode, .catalog(model.shape.type.reference)))
        ) { _, _, _ in model.surgeNodes }
    }
}

/// Adds up the same figure of several models.
func sum(_ name: String, _ parts: some Sequence<(String, Traced<Int>)>) -> Traced<Int> {
    let parts = Array(parts)
    if parts.count == 1 { return parts[0].1 }
    let ingredients = parts.map { Ingredient("\(name) of \($0.0)", .integer($0.1.value), $0.1.origin) }
    return Traced(
        parts.reduce(0) { $0 + $1.1.value },
        .derived(Derivation(parts.map { "\(name) of \($0.0)" }.joined(separator: " + "), ingredients)))
}
