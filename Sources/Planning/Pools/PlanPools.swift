import Diagnostics
import Groundwork

/// Plans the pools: a primary one per model (or named pool), and an elastic and a spot one per GPU product that needs it.
package func planPools(_ spec: ClusterSpec, _ models: [Placement], _ prices: PriceList) -> [PoolPlan] {
    let groups = primaryGroups(models)
    let builder = PoolBuilder(spec: spec, prices: prices)
    var pools: [PoolPlan] = []
    for group in groups {
        let type = group.models.first?.candidate.type.name
        // Several pools on one type: the first gets the reservations, as it is undefined which of them would use them.
        let taken = pools.flatMap { $0.hardware.reservations.map(\.id.value) }
        let zones = spec.platform.zones.map(\.value)
        let free = spec.reservations.filter { reservation in
            reservation.type.value == type && !taken.contains(reservation.id.value)
                && reservation.zone.value.hasPrefix(spec.platform.region.value)
                && (zones.isEmpty || zones.contains(reservation.zone.value))
        }
        let partition = planPartition(group.name, group.models, on: spec.platform.nodes)
        let isExisting = group.models.contains(where: \.isExisting)
        pools.append(builder.primary(group.models, partition, reservations: isExisting ? [] : free))
    }
    for gpu in products(models.filter(\.usesElastic)) {
        let sharers = models.filter { $0.usesElastic && $0.candidate.accelerator.gpu.id == gpu.id }
        pools.append(
            builder.elastic(
                gpu, sharers, visitors: models.filter { $0.usesSpot && $0.candidate.accelerator.gpu.id == gpu.id }))
    }
    for gpu in products(models.filter(\.usesSpot)) {
        let sharers = models.filter { $0.usesSpot && $0.candidate.accelerator.gpu.id == gpu.id }
        pools.append(builder.spot(gpu, sharers))
    }
    return pools
}

/// Warns about reservations that no pool can use.
func reportUnusedReservations(_ spec: ClusterSpec, _ pools: [PoolPlan], _ report: inout Report) {
    for reservation in unusedReservations(spec, pools) {
        let group = pools.first { pool in
            pool.group != nil && pool.hardware.types.contains { $0.name == reservation.type.value }
        }
        if let group, group.size.nodes.value > reservation.count.value, let nodes = group.group {
            report.warning(
                "reservation-smaller-than-group",
                "`\(reservation.id.value)` holds \(reservation.count.value) instances, and the node group "
                    + "`\(nodes.name.value)` has \(group.size.nodes.value)", at: reservation.count.range,
                label: "billed but never used",
                help: ["reserve the whole group: a launch template uses one reservation and launches nothing beyond it"]
            )
            continue
        }
        report.warning(
            "reservation-unused",
            "`\(reservation.id.value)` reserves `\(reservation.type.value)`, and no model is placed on that type",
            at: reservation.type.range, label: "billed but never used",
            help: ["set `instances: {prefer: [\(reservation.type.value)]}` to place a model on it, if it fits"])
    }
}

/// The reservations that no pool can use.
package func unusedReservations(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> [ReservationSpec] {
    let used = pools.flatMap { $0.hardware.reservations.map(\.id.value) }
    return spec.reservations.filter { !used.contains($0.id.value) }
}

/// The GPU products of placements, each once, in order.
private func products(_ models: [Placement]) -> [GPU] {
    var seen: Set<String> = []
    return models.map(\.candidate.accelerator.gpu).filter { seen.insert($0.id).inserted }
}

extension ModelSpec {
    /// The name of its primary pool, which that of nodes that exist already has without a suffix.
    package var poolName: Traced<String> { existing?.name ?? (pool ?? name).map(Names.primary) }
}

/// The models of each primary pool: one, or those with the same `pool`.
func primaryGroups(_ models: [Placement]) -> [(name: String, models: [Placement])] {
    var groups: [(name: String, models: [Placement])] = []
    var places: [String: Int] = [:]
    for model in models {
        let name = model.spec.poolName.value
        if let place = places[name] {
            groups[place].models.append(model)
        } else {
            places[name] = groups.count
            groups.append((name, [model]))
        }
    }
    return groups
}

/// Two models with the same `pool` that need different nodes.
struct PoolClash: Sendable {
    let first: Placement
    let other: Placement
}

/// Finds the models with the same `pool` that need different nodes.
func poolClashes(_ models: [Placement]) -> [PoolClash] {
    primaryGroups(models).flatMap { group -> [PoolClash] in
        guard group.models.count > 1, let first = group.models.first else { return [] }
        return group.models.dropFirst().filter { model in
            model.candidate.type.name != first.candidate.type.name
                || !model.nodes.layout.canStand(beside: first.nodes.layout)
                || model.isSpotOnly != first.isSpotOnly || model.nodes.claiming != first.nodes.claiming
                || model.nodes.supply.value != first.nodes.supply.value
        }.map { PoolClash(first: first, other: $0) }
    }
}
