/// What one pool costs, dollars per month.
package struct PoolCost: Sendable {
    package let pool: String
    /// With the minimum replicas around the clock.
    package let steadyPerMonth: Traced<Double>
    /// With the replicas of business hours around the clock.
    package let busyPerMonth: Traced<Double>
    /// With the traffic's shape over a week.
    package let expectedPerMonth: Traced<Double>
    /// With the maximum replicas around the clock.
    package let peakPerMonth: Traced<Double>
    /// At its limit, on its dearest type, in the longest month.
    package let worstPerMonth: Traced<Double>
}

/// Works out what a pool costs.
func cost(of pool: PoolPlan, _ running: RunningNodes, _ week: Week, _ prices: PriceList) -> PoolCost {
    let own = running.models(of: pool)
    let kept = running.keptFree(pool)
    let steady = running.nodes(of: pool) { $0.minReplicas.value }
    let peak = running.nodes(of: pool) { $0.maxReplicas.value }
    let busy = running.nodes(of: pool, week.busyReplicas)
    let mean =
        own.contains { !$0.spec.scaling.schedule.isEmpty }
        ? week.meanNodes(pool, running) : steady + week.busyShare.value * (busy - steady)
    let replicas = own.flatMap { [($0.name, $0.minReplicas), ($0.name, $0.maxReplicas)] }
    func nodes(_ formula: String, _ count: Double, _ further: [Ingredient] = []) -> Traced<Double> {
        let free = kept.value > 0 ? [Ingredient("nodes kept free", kept)] : []
        let ingredients = replicas.map { Ingredient("replicas of \($0.0)", $0.1) } + free + further
        return Traced(rounded(count, decimals: 3), .derived(Derivation(formula, ingredients)))
    }
    let through = [
        Ingredient("share of business hours", week.busyShare),
        Ingredient("share of the surge then", Traced<Double>.threshold(Thresholds.busySurge)),
    ]
    let price = nodePrice(pool, running, prices)
    return PoolCost(
        pool: pool.name.value,
        steadyPerMonth: monthly(pool, nodes("nodes for the minimum replicas", steady), price),
        busyPerMonth: monthly(
            pool, nodes("nodes for the replicas of business hours", busy, Array(through.dropFirst())), price),
        expectedPerMonth: monthly(
            pool,
            nodes(
                "mean nodes through a week: the minimum, part of the surge in business hours, scheduled floors", mean,
                through),
            price),
        peakPerMonth: monthly(pool, nodes("nodes for the maximum replicas", peak), price),
        worstPerMonth: worst(pool))
}

/// What a number of nodes costs in a mean month, reservations and root volumes included.
private func monthly(_ pool: PoolPlan, _ nodes: Traced<Double>, _ price: Traced<Double>) -> Traced<Double> {
    let hours = Traced<Double>.threshold(Thresholds.hoursMean)
    let volume = rootVolume(pool)
    let cost = derive(
        "hours × nodes beyond the reserved × $/hour + nodes × root volume × $/GiB", ("hours", hours), ("nodes", nodes),
        ("$/hour", price), ("root volume, GiB", volume), ("$/GiB/month", .threshold(Thresholds.volumePrice))
    ) { hours, nodes, price, size, volume in
        let reserved = Double(pool.reservations.reduce(0) { $0 + $1.count.value })
        let machines: Double = hours * max(0, nodes - reserved) * price
        let volumes: Double = nodes * size * volume
        let paid: Double = reservedPrice(pool.reservations).value * hours
        return rounded(machines + volumes + paid, decimals: 2)
    }
    return pool.reservations.isEmpty
        ? cost : cost.resting(on: [Ingredient("reservations, $/hour", reservedPrice(pool.reservations))])
}

/// What a node of a pool usually costs in an hour: its cheapest type, and on spot less by the discount that the spec expects.
///
/// Where surges of one elastic pool want nodes of different sizes it is the mean of what they want.
func nodePrice(_ pool: PoolPlan, _ running: RunningNodes, _ prices: PriceList) -> Traced<Double> {
    let surges = running.surges(of: pool)
    if surges.count > 1 {
        let parts = surges.map { surge in
            (nodes: surge.nodes, price: prices.onDemand(surge.type) ?? Traced(0, .convention("no price is known")))
        }
        let nodes = parts.reduce(0) { $0 + $1.nodes }
        let ingredients = zip(surges, parts).flatMap { surge, part in
            [
                Ingredient("nodes of \(surge.type.name) at the peak", .integer(part.nodes), part.price.origin),
                Ingredient("$/hour of \(surge.type.name)", part.price),
            ]
        }
        let sum = parts.reduce(0) { $0 + Double($1.nodes) * $1.price.value }
        return Traced(
            rounded(sum / Double(max(1, nodes)), decimals: 4),
            .derived(Derivation("mean $/hour of the nodes that all surges want", ingredients)))
    }
    let type = pool.types[0]
    let price = prices.onDemand(type) ?? Traced(0, .convention("no price is known"))
    let perNode = Double(pool.gpus.value) / Double(max(1, pool.nodes.value)) / Double(max(1, type.gpuCount))
    let usual =
        perNode == 1
        ? price
        : derive(
            "$/hour of \(type.name) for as many GPUs as a node has", ("$/hour", price), ("GPUs", pool.gpus),
            ("nodes", pool.nodes)
        ) { price, _, _ in price * perNode }
    guard pool.role == .spot, let discount = prices.spotDiscount else { return usual }
    return derive("$/hour × (1 − spot discount)", ("$/hour", usual), ("spot discount", discount)) { $0 * (1 - $1) }
}

/// What a pool costs at its limit in the longest month; spot at the on-demand price, as nobody promises a discount.
private func worst(_ pool: PoolPlan) -> Traced<Double> {
    let smallest = Traced(
        pool.types.map(\.gpuCount).min() ?? 1,
        .catalog((pool.types.min { $0.gpuCount < $1.gpuCount } ?? pool.types[0]).reference))
    let volumes = derive("GPUs ÷ GPUs of the smallest node", ("GPUs", pool.gpus), ("GPUs of it", smallest)) {
        $0 / max(1, $1)
    }
    return derive(
        "hours of the longest month × (reservations + on-demand beyond them) + root volumes",
        ("hours", .threshold(Thresholds.hoursWorst)), ("reservations, $/hour", reservedPrice(pool.reservations)),
        ("beyond them, $/hour", priceBeyondReservations(pool, of: pool.nodes)), ("most nodes", volumes),
        ("root volume, GiB", rootVolume(pool)), ("$/GiB/month", .threshold(Thresholds.volumePrice))
    ) { hours, reserved, price, nodes, size, volume in
        let machines: Double = (price + reserved) * hours
        let volumes: Double = Double(nodes) * size * volume
        return rounded(machines + volumes, decimals: 2)
    }
}

private func rootVolume(_ pool: PoolPlan) -> Traced<Double> {
    .threshold(rootVolumeSize(hasNVMe: pool.types.allSatisfy { $0.nvmeGB > 0 }))
}
