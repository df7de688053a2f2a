import Diagnostics

/// What the cluster costs: expected and at worst, in dollars per month.
package struct MoneyPlan: Sendable {
    package let expectedPerMonth: Traced<Double>
    package let worstPerMonth: Traced<Double>
    package let budget: Traced<Double>?
    package let pools: [PoolCost]
    /// Types whose price is borrowed from another region.
    package let borrowed: [String]
    package let slowestColdStart: Traced<Int>
}

/// What one pool costs.
package struct PoolCost: Sendable {
    package let pool: String
    package let expectedPerMonth: Traced<Double>
    package let worstPerMonth: Traced<Double>
}

/// Adds up what the pools cost, and reports a worst case above the budget.
func planMoney(
    _ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ prices: PriceList, _ report: inout Report
)
    -> MoneyPlan
{
    let idle = unusedReservations(spec, pools).map(costOfIdle)
    let costs = pools.map { cost(of: $0, models, spec) } + idle
    let worst = total("worst case", costs.map { ($0.pool, $0.worstPerMonth) })
    let expected = total("expected", costs.map { ($0.pool, $0.expectedPerMonth) })
    if let budget = spec.budget, worst.value > budget.limit.value {
        let least = leastCost(spec, models, pools)
        let parts = costs.sorted { $0.worstPerMonth.value > $1.worstPerMonth.value }.map { cost in
            Diagnostic.Note("`\(cost.pool)` may cost \(dollars(cost.worstPerMonth.value)) a month")
        }
        report.error(
            "budget-exceeded",
            "at worst this cluster costs \(dollars(worst.value)) a month, and the budget is \(dollars(budget.limit.value))",
            at: budget.limit.range, label: "\(dollars(worst.value - budget.limit.value)) too little", notes: parts,
            help: least > budget.limit.value
                ? [
                    "even the minimum replicas cost \(dollars(least)) a month: fewer replicas, smaller models or cheaper instances "
                        + "come first"
                ]
                : [
                    "lower `replicas.max` or peak traffic of the models in the dearest pools, prefer cheaper instances, or raise the "
                        + "budget to `$\(Int(worst.value.rounded(.up)))/month`"
                ])
    }
    let slowest = models.map(\.point.coldStart.total).max { $0.value < $1.value }
    let types = pools.flatMap(\.types).filter(prices.isBorrowed).map(\.name)
    var seen: Set<String> = []
    return MoneyPlan(
        expectedPerMonth: expected, worstPerMonth: worst, budget: spec.budget?.limit, pools: costs,
        borrowed: types.filter { seen.insert($0).inserted },
        slowestColdStart: slowest ?? Traced(0, .convention("no model, no cold start")))
}

private func cost(of pool: PoolPlan, _ models: [Placement], _ spec: ClusterSpec) -> PoolCost {
    let volume = Traced<Double>.threshold(rootVolumeSize(hasNVMe: pool.types.allSatisfy { $0.nvmeGB > 0 }))
    let worst = derive(
        "hours of the longest month × (reservations + on-demand beyond them) + root volumes",
        ("hours", .threshold(Thresholds.hoursWorst)), ("reservations, $/hour", reservedPrice(pool.reservations)),
        ("beyond them, $/hour", priceBeyondReservations(pool, of: pool.nodes)), ("nodes", pool.nodes),
        ("root volume, GiB", volume), ("$/GiB/month", .threshold(Thresholds.volumePrice))
    ) { hours, reserved, price, nodes, size, volume in
        let machines: Double = (price + reserved) * hours
        let volumes: Double = Double(nodes) * size * volume
        return rounded(machines + volumes, decimals: 2)
    }
    return PoolCost(pool: pool.name.value, expectedPerMonth: expected(pool, models, spec), worstPerMonth: worst)
}

/// The expected cost of a pool: primary pools always run, elastic and spot ones in business hours when traffic peaks then.
private func expected(_ pool: PoolPlan, _ models: [Placement], _ spec: ClusterSpec) -> Traced<Double> {
    let mean = Traced<Double>.threshold(Thresholds.hoursMean)
    guard pool.role != .primary else {
        return derive(
            "hours of a mean month × (reservations + on-demand beyond them)", ("hours", mean),
            ("reservations, $/hour", reservedPrice(pool.reservations)),
            ("beyond them, $/hour", priceBeyondReservations(pool, of: pool.staticNodes ?? pool.nodes))
        ) { rounded($0 * ($1 + $2), decimals: 2) }
    }
    let kept = headroomPrice(pool, models)
    guard let hours = spec.businessHours else {
        return derive(
            "no business hours are given: surges are not counted, only GPUs that are kept free for them",
            ("hours", mean), ("kept free, $/hour", kept)
        ) { rounded($0 * $1, decimals: 2) }
    }
    let share = derive(
        "business hours ÷ hours of a week", ("days", hours.days), ("from", hours.from), ("to", hours.to)
    ) { days, from, to in
        let minutes: Int = days.days.count * (to.minutes - from.minutes)
        return Double(minutes) / Double(60 * 168)
    }
    return derive(
        "half the limit in business hours, and all the time what is kept free", ("$/hour", pool.worstPerHour),
        ("hours", mean), ("share of business hours", share), ("kept free, $/hour", kept)
    ) { rounded($1 * ($0 * $2 / 2 + $3), decimals: 2) }
}

/// Dollars per hour of the nodes of an elastic pool that are kept free, within its limit.
private func headroomPrice(_ pool: PoolPlan, _ models: [Placement]) -> Traced<Double> {
    let sharers = models.filter { pool.role == .elastic && $0.usesElastic && pool.models.contains($0.name) }
    let nodes = sharers.map { model in model.spec.headroom.map { model.shape.nodes(for: $0.value) } ?? 0 }.reduce(0, +)
    return derive(
        "nodes kept free × price of a node", ("$/hour of all nodes", pool.worstPerHour), ("nodes", pool.nodes)
    ) {
        rounded($0 * Double(min(nodes, $1)) / Double(max(1, $1)), decimals: 4)
    }
}

/// What the minimum replicas alone cost in the longest month, reservations included.
private func leastCost(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan]) -> Double {
    let perHour = pools.filter { $0.role == .primary }.reduce(reservedPrice(spec.reservations).value) { sum, pool in
        let own = models.filter { pool.models.contains($0.name) }
        let nodes = own.reduce(0) { $0 + $1.baseNodes } - pool.reservations.reduce(0) { $0 + $1.count.value }
        return sum + Double(max(0, nodes)) * (own.first?.shape.price.value ?? 0)
    }
    return perHour * Thresholds.hoursWorst.value
}

private func total(_ name: String, _ parts: [(String, Traced<Double>)]) -> Traced<Double> {
    let ingredients = parts.map { Ingredient("\(name) of \($0.0)", .number($0.1.value), $0.1.origin) }
    return Traced(
        rounded(parts.reduce(0) { $0 + $1.1.value }, decimals: 2),
        .derived(Derivation("Σ \(name) of all pools", ingredients)))
}

/// Dollars as people write them: `$1,234`.
package func dollars(_ value: Double) -> String {
    var digits = String(Int(value.rounded()))
    let negative = digits.hasPrefix("-")
    if negative { digits.removeFirst() }
    var grouped = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
        grouped.append(digit)
    }
    return (negative ? "-$" : "$") + grouped
}
