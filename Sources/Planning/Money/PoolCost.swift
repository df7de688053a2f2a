import Groundwork

/// The cost of one pool, dollars per month.
package struct PoolCost: Sendable {
    package let pool: String
    /// With the minimum replicas around the clock.
    package let steadyPerMonth: Traced<Double>
    /// With business-hours replicas around the clock.
    package let busyPerMonth: Traced<Double>
    /// With the traffic over a week.
    package let expectedPerMonth: Traced<Double>
    /// With the maximum replicas around the clock.
    package let peakPerMonth: Traced<Double>
    /// At its limit, on its most expensive type, in the longest month.
    package let worstPerMonth: Traced<Double>
}

/// Computes the cost of a pool.
func cost(of pool: PoolPlan, _ running: RunningNodes, _ week: Week, _ prices: PriceList) -> PoolCost {
    if let unpaid = pool.existing?.unpaid {
        return PoolCost(
            pool: pool.name.value, steadyPerMonth: unpaid, busyPerMonth: unpaid, expectedPerMonth: unpaid,
            peakPerMonth: unpaid, worstPerMonth: unpaid)
    }
    let nodes = PoolNodes(pool, running, week)
    let price = nodePrice(pool, running, prices)
    return PoolCost(
        pool: pool.name.value, steadyPerMonth: monthly(pool, nodes.steady, price),
        busyPerMonth: monthly(pool, nodes.busy, price), expectedPerMonth: monthly(pool, nodes.mean, price),
        peakPerMonth: monthly(pool, nodes.peak, price), worstPerMonth: worst(pool))
}

/// The nodes of a pool at the loads of the cost estimate.
struct PoolNodes {
    let steady: Reasoned
    let busy: Reasoned
    let peak: Reasoned
    let mean: Reasoned

    init(_ pool: PoolPlan, _ running: RunningNodes, _ week: Week) {
        steady = running.nodes(of: pool, \.least).named("nodes for the minimum replicas", "nodes")
        busy = running.nodes(of: pool, \.busy).named("nodes for the business-hours replicas", "nodes")
        peak = running.nodes(of: pool, \.most).named("nodes for the maximum replicas", "nodes")
        mean = week.meanNodes(pool, running, usual: steady, busy: busy).named("mean nodes over a week", "nodes")
    }
}

/// The cost of a number of nodes in a mean month, including reservations and root volumes.
func monthly(_ pool: PoolPlan, _ nodes: Reasoned, _ price: Reasoned) -> Traced<Double> {
    let hours = Thresholds.hoursMean.reasoned
    let volumes = nodes * volumePerMonth(pool)
    guard !pool.hardware.reservations.isEmpty else { return Traced((hours * nodes * price + volumes).rounded(2)) }
    let machines = hours * .maximum(0, nodes - reservedNodes(pool.hardware.reservations)) * price
    return Traced((machines + volumes + reservedPrice(pool.hardware.reservations) * hours).rounded(2))
}

/// The cost of a pool at its limit in the longest month; spot at the on-demand price, as no discount is guaranteed.
private func worst(_ pool: PoolPlan) -> Traced<Double> {
    let limit = pool.size.worstPerHour.named("price of all nodes", "$/h")
    var price = limit
    if !pool.hardware.reservations.isEmpty {
        let nodes = pool.size.nodes.named("maximum nodes", "nodes")
        let further = Reasoned.maximum(0, nodes - reservedNodes(pool.hardware.reservations))
        price = further * limit / nodes + reservedPrice(pool.hardware.reservations)
    }
    let gpus = pool.size.gpus.named("maximum GPUs", "GPUs")
    let nodes = Reasoned.maximum(of: pool.hardware.types.map { (gpus / $0.gpus).roundedDown })
        .named("nodes if all are of the smallest type", "nodes")
    let volumes = nodes * volumePerMonth(pool)
    return Traced((Thresholds.hoursWorst.reasoned * price + volumes).rounded(2))
}
