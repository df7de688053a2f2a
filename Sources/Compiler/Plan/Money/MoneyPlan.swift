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

/// Adds up what the pools cost.
func planMoney(
    _ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ prices: PriceList
) -> MoneyPlan {
    let idle = unusedReservations(spec, pools).map(costOfIdle)
    let costs = pools.map { cost(of: $0, models, spec) } + idle
    let worst = total("worst case", costs.map { ($0.pool, $0.worstPerMonth) })
    let expected = total("expected", costs.map { ($0.pool, $0.expectedPerMonth) })
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
    guard let hours = spec.businessHours else {
        return derive("no business hours are given: surges are not counted", ("hours", mean)) { _ in 0 }
    }
    let share = derive(
        "business hours ÷ hours of a week", ("days", hours.days), ("from", hours.from), ("to", hours.to)
    ) { days, from, to in
        let minutes: Int = days.days.count * (to.minutes - from.minutes)
        return Double(minutes) / Double(60 * 168)
    }
    return derive(
        "half the limit, in business hours", ("$/hour", pool.worstPerHour), ("hours", mean),
        ("share of business hours", share)
    ) { rounded($0 * $1 * $2 / 2, decimals: 2) }
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
