import Groundwork

/// Builds pools of the three roles from the models that use them.
struct PoolBuilder {
    let spec: ClusterSpec
    let prices: PriceList

    /// The pool that guarantees its models' minimum: whole nodes for it, or for the maximum if no other pool can help.
    func primary(
        _ models: [Placement], _ partition: MIGPartition?, reservations: [ReservationSpec]
    ) -> PoolPlan {
        let first = models[0]
        let type = first.candidate.type
        let replicas = Reasoned.sum(
            models.map { model in
                let overflows = model.usesElastic || model.usesSpot
                let name = overflows ? "minimum replicas" : "maximum replicas"
                return (overflows ? model.minReplicas : model.maxReplicas)
                    .named(models.count == 1 ? name : "\(name) of \(model.name)", "replicas")
            })
        let perNode = first.nodes.perNode.named("replicas per node", "replicas")
        let even = first.nodes.layout == .whole ? nil : EvenNodes(models, perNode: perNode)
        let byReplicas = even?.nodes ?? (replicas / perNode).roundedUp
        let isMixed = Set(models.map(\.nodes.layout)).count > 1
        let needed = isMixed ? partition?.nodes ?? byReplicas : byReplicas
        let always = first.isStatic || first.isManaged && !first.isExisting && !first.isResized(spec.platform)
        let replacement = Traced(
            1, .convention("a static pool launches the replacement of a drifted node first"))
        let nodes = Traced<Int>(
            first.isStatic
                ? needed.named("nodes for the replicas", "nodes") + replacement.named("replacement", "nodes") : needed)
        // A launch template uses one reservation and launches nothing beyond it.
        let reservations =
            first.isManaged ? Array(reservations.filter { $0.count.value >= nodes.value }.prefix(1)) : reservations
        let capacityTypes =
            reservations.isEmpty ? ["on-demand"] : first.isManaged ? ["reserved"] : ["reserved", "on-demand"]
        if first.isSpotOnly {
            let all = (nodes.named("nodes", "nodes") * type.gpus).named("GPUs of all replicas", "GPUs")
            let (types, names) = spotTypes(first.candidate.accelerator.gpu, models, first, atMost: all)
            return make(
                first.spec.poolName, .primary, models, types, named: names, nodes: nodes, sizedBy: first,
                capacityTypes: ["spot"])
        }
        return make(
            first.spec.poolName, .primary, models,
            [type] + first.choice.alternatives.map(\.type),
            nodes: nodes, sizedBy: first,
            standsEvenly: isMixed ? partition?.standsEvenly ?? false : even?.areEven ?? false,
            staticNodes: always ? Traced<Int>(needed) : nil, partition: partition,
            capacityTypes: capacityTypes, reservations: reservations)
    }

    /// The shared pool of a GPU product for surges: large enough for the largest surge of one model.
    func elastic(_ gpu: GPU, _ models: [Placement], visitors: [Placement]) -> PoolPlan {
        let largest = largestSurge(models)
        return make(
            Traced(Names.elastic(gpu.id), .convention("one elastic pool per GPU product")), .elastic,
            models + visitors,
            types(of: models), nodes: nodes(for: models, sizedBy: largest), sizedBy: largest,
            capacityTypes: ["on-demand"])
    }

    /// The model whose replicas beyond its primary pool take the most GPUs.
    func largestSurge(_ models: [Placement]) -> Placement {
        models.max { $0.gpusOfSurge.value < $1.gpusOfSurge.value } ?? models[0]
    }

    /// Nodes for the surge that takes the most GPUs, of its node size.
    func nodes(for models: [Placement], sizedBy largest: Placement) -> Traced<Int> {
        guard models.count > 1 else { return Traced<Int>(largest.nodesOfSurge()) }
        return Traced<Int>(mostGPUsOfSurge(models) / largest.candidate.type.gpus)
    }

    private func types(of models: [Placement]) -> [InstanceType] {
        var seen: Set<String> = []
        return models.map(\.candidate.type).filter { seen.insert($0.name).inserted }
    }
}

/// The most GPUs that the surge of one of several models takes.
func mostGPUsOfSurge(_ models: [Placement]) -> Reasoned {
    .maximum(of: models.map(\.gpusOfSurge)).named("GPUs of the largest surge", "GPUs")
}

extension Placement {
    /// GPUs of the nodes for the replicas beyond those in its primary pool.
    var gpusOfSurge: Reasoned {
        let nodes: Reasoned = nodesOfSurge()
        return nodes.named("nodes for the surge of \(name)", "nodes") * candidate.type.gpus
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
