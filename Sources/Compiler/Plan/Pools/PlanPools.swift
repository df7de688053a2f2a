import Diagnostics

/// Lays out the pools: a primary one for each model (or named pool), an elastic and a spot one for each GPU product in need.
package func planPools(_ spec: ClusterSpec, _ models: [Placement], _ prices: PriceList, _ report: inout Report)
    -> [PoolPlan]
{
    var groups: [(name: String, models: [Placement])] = []
    for model in models {
        let name = Names.primary(model.spec.pool?.value ?? model.name)
        if let index = groups.firstIndex(where: { $0.name == name }) {
            groups[index].models.append(model)
        } else {
            groups.append((name, [model]))
        }
    }
    let builder = PoolBuilder(spec: spec, prices: prices)
    var pools: [PoolPlan] = []
    for group in groups {
        checkPoolFitsOne(group.name, group.models, &report)
        checkSharedClaim(group.models, spec.platform, &report)
        let type = group.models.first?.shape.type.name
        // Several pools on one type: the first takes what is reserved, as nobody could say which of them got it.
        let taken = pools.flatMap { $0.reservations.map(\.id.value) }
        let free = spec.reservations.filter { $0.type.value == type && !taken.contains($0.id.value) }
        let partition = planPartition(group.name, group.models)
        pools.append(builder.primary(group.name, group.models, partition, reservations: free))
    }
    for gpu in products(models.filter(\.usesElastic)) {
        let sharers = models.filter { $0.usesElastic && $0.shape.accelerator.gpu.id == gpu.id }
        pools.append(
            builder.elastic(
                gpu, sharers, visitors: models.filter { $0.usesSpot && $0.shape.accelerator.gpu.id == gpu.id }))
    }
    for gpu in products(models.filter(\.usesSpot)) {
        let sharers = models.filter { $0.usesSpot && $0.shape.accelerator.gpu.id == gpu.id }
        pools.append(builder.spot(gpu, sharers))
    }
    reportUnusedReservations(spec, pools, &report)
    return pools
}

/// Warns of reservations that no pool's nodes can take.
private func reportUnusedReservations(_ spec: ClusterSpec, _ pools: [PoolPlan], _ report: inout Report) {
    for reservation in unusedReservations(spec, pools) {
        report.warning(
            "reservation-unused",
            "`\(reservation.id.value)` reserves `\(reservation.type.value)`, and no model is placed on that type",
            at: reservation.type.range, label: "paid for and never used",
            help: ["`instances: {prefer: [\(reservation.type.value)]}` places a model there"])
    }
}

/// The reservations that no pool's nodes can take.
func unusedReservations(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> [ReservationSpec] {
    let used = pools.flatMap { $0.reservations.map(\.id.value) }
    return spec.reservations.filter { !used.contains($0.id.value) }
}

/// The GPU products of placements, each once, in order.
private func products(_ models: [Placement]) -> [GPU] {
    var seen: Set<String> = []
    return models.map(\.shape.accelerator.gpu).filter { seen.insert($0.id).inserted }
}

/// Reports models that name one pool but need different nodes.
private func checkPoolFitsOne(_ name: String, _ models: [Placement], _ report: inout Report) {
    guard let first = models.first else { return }
    for model in models.dropFirst()
    where model.shape.type.name != first.shape.type.name || !model.layout.canStand(beside: first.layout)
        || model.claiming != first.claiming || model.supply.value != first.supply.value
    {
        report.error(
            "pool-of-two-shapes",
            "`\(model.name)` and `\(first.name)` share a pool and need different nodes", at: model.spec.pool?.range,
            label: "`\(model.name)` needs \(node(of: model))",
            notes: [
                .init(
                    "the pool is cut for `\(first.name)`", at: first.spec.pool?.range,
                    label: "`\(first.name)` needs \(node(of: first))")
            ],
            help: ["give each model a pool of its own, or the same `instances` and `gpu` to both"])
    }
}

/// The nodes that a model needs, in words: `g5.xlarge` (whole).
private func node(of model: Placement) -> String {
    "`\(model.shape.type.name)` (\(model.layout.deviceConfiguration)\(model.usesDRA ? ", claimed" : "")\(model.isStatic ? ", static" : ""))"
}
