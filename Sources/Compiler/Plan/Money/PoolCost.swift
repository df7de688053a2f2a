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
func cost(of pool: PoolPlan, _ own: [Placement], _ week: Week, _ prices: PriceList) -> PoolCost {
    let kept = nodesKeptFree(pool, own)
    let limit = max(1, pool.nodes.value)
    let steady = min(limit, pool.nodes(own) { $0.minReplicas.value } + kept.value)
    let peak = min(limit, pool.nodes(own) { $0.maxReplicas.value } + kept.value)
    let busy = min(limit, pool.nodes(own, week.busyReplicas) + kept.value)
    let mean =
        own.contains { !$0.spec.scaling.schedule.isEmpty }
        ? min(Double(limit), week.meanNodes(pool, own) + Double(kept.value))
        : Double(steady) + week.busyShare.value * Double(busy - steady)
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
    let price = nodePrice(pool, prices)
    return PoolCost(
        pool: pool.name.value,
        steadyPerMonth: monthly(pool, nodes("nodes for the minimum replicas", Double(steady)), price),
        busyPerMonth: monthly(
            pool, nodes("nodes for the replicas of business hours", Double(busy), Array(through.dropFirst())), price),
        expectedPerMonth: monthly(
            pool,
            nodes(
                "mean nodes through a week: the minimum, part of the surge in business hours, scheduled floors", mean,
                through),
            price),
        peakPerMonth: monthly(pool, nodes("nodes for the maximum replicas", Double(peak)), price),
        worstPerMonth: worst(pool))
}

/// The nodes of an elastic pool that are kept free for surges.
private func nodesKeptFree(_ pool: PoolPlan, _ own: [Placement]) -> Traced<Int> {
    let sharers = own.filter { pool.role == .elastic && $0.usesElastic && $0.spec.headroom != nil }
    let nodes = sharers.reduce(0) {
        $0 + ($1.spec.headroom.map { [shape = $1.shape] in shape.nodes(for: $0.value) } ?? 0)
    }
    let ingredients = sharers.compactMap { model in
        model.spec.headroom.map { Ingredient("replicas of \(model.name) kept free", $0) }
    }
    return Traced(nodes, .derived(Derivation("nodes for the replicas that are kept free", ingredients)))
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
private func nodePrice(_ pool: PoolPlan, _ prices: PriceList) -> Traced<Double> {
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
