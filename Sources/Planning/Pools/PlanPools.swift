import Diagnostics
import Groundwork

/// Lays out the pools: a primary one for each model (or named pool), an elastic and a spot one for each GPU product in need.
package func planPools(_ spec: ClusterSpec, _ models: [Placement], _ prices: PriceList) -> [PoolPlan] {
    let groups = primaryGroups(models)
    let builder = PoolBuilder(spec: spec, prices: prices)
    var pools: [PoolPlan] = []
    for group in groups {
        let type = group.models.first?.shape.type.name
        // Several pools on one type: the first takes what is reserved, as nobody could say which of them got it.
        let taken = pools.flatMap { $0.hardware.reservations.map(\.id.value) }
        let zones = spec.platform.zones.map(\.value)
        let free = spec.reservations.filter { reservation in
            reservation.type.value == type && !taken.contains(reservation.id.value)
                && reservation.zone.value.hasPrefix(spec.platform.region.value)
                && (zones.isEmpty || zones.contains(reservation.zone.value))
        }
        let partition = planPartition(group.name, group.models)
        pools.append(builder.primary(group.models, partition, reservations: free))
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
    return pools
}

/// Warns of reservations that no pool's nodes can take.
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
                label: "paid for and never used",
                help: ["a launch template names one reservation, and starts nothing beyond it: reserve the whole group"]
            )
            continue
        }
        report.warning(
            "reservation-unused",
            "`\(reservation.id.value)` reserves `\(reservation.type.value)`, and no model is placed on that type",
            at: reservation.type.range, label: "paid for and never used",
            help: ["`instances: {prefer: [\(reservation.type.value)]}` places a model there, if it fits on it"])
    }
}

/// The reservations that no pool's nodes can take.
package func unusedReservations(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> [ReservationSpec] {
    let used = pools.flatMap { $0.hardware.reservations.map(\.id.value) }
    return spec.reservations.filter { !used.contains($0.id.value) }
}

/// The GPU products of placements, each once, in order.
private func products(_ models: [Placement]) -> [GPU] {
    var seen: Set<String> = []
    return models.map(\.shape.accelerator.gpu).filter { seen.insert($0.id).inserted }
}

/// The models of each primary pool: one, or those that name the same.
func primaryGroups(_ models: [Placement]) -> [(name: String, models: [Placement])] {
    var groups: [(name: String, models: [Placement])] = []
    var places: [String: Int] = [:]
    for model in models {
        let name = Names.primary(model.spec.pool?.value ?? model.name)
        if let place = places[name] {
            groups[place].models.append(model)
        } else {
            places[name] = groups.count
            groups.append((name, [model]))
        }
    }
    return groups
}

/// Two models that name one pool and need different nodes.
struct PoolClash: Sendable {
    let first: Placement
    let other: Placement
}

/// Finds the models that name one pool but need different nodes.
func poolClashes(_ models: [Placement]) -> [PoolClash] {
    primaryGroups(models).flatMap { group -> [PoolClash] in
        guard group.models.count > 1, let first = group.models.first else { return [] }
        return group.models.dropFirst().filter { model in
            model.shape.type.name != first.shape.type.name || !model.nodes.layout.canStand(beside: first.nodes.layout)
                || model.nodes.claiming != first.nodes.claiming || model.nodes.supply.value != first.nodes.supply.value
        }.map { PoolClash(first: first, other: $0) }
    }
}
