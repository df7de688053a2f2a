/// What reservations cost in an hour, used or not.
func reservedPrice(_ reservations: [ReservationSpec]) -> Traced<Double> {
    let parts = reservations.map { reservation in
        let price = derive(
            "count × price", ("count", reservation.count), ("price, $/hour", reservation.pricePerHour)
        ) { Double($0) * $1 }
        return Ingredient(reservation.id.value, .number(price.value), price.origin)
    }
    guard !parts.isEmpty else { return Traced(0, .convention("no reservation")) }
    let sum = reservations.reduce(0) { $0 + Double($1.count.value) * $1.pricePerHour.value }
    return Traced(sum, .derived(Derivation("Σ reservations", parts)))
}

/// What a number of a pool's nodes costs in an hour beyond those that are reserved, which Karpenter takes first.
func priceBeyondReservations(_ pool: PoolPlan, of nodes: Traced<Int>) -> Traced<Double> {
    if pool.reservations.isEmpty, pool.staticNodes == nil { return pool.worstPerHour }
    let price = derive("$/hour at the limit ÷ nodes", ("$/hour", pool.worstPerHour), ("nodes", pool.nodes)) {
        $0 / Double(max(1, $1))
    }
    guard !pool.reservations.isEmpty else {
        return derive("nodes × $/hour", ("nodes", nodes), ("$/hour", price)) { Double($0) * $1 }
    }
    let reserved = sum("nodes", pool.reservations.map { ($0.id.value, $0.count) })
    return derive(
        "(nodes − reserved nodes) × $/hour", ("nodes", nodes), ("reserved nodes", reserved), ("$/hour", price)
    ) { Double(max(0, $0 - $1)) * $2 }
}

/// What a reservation costs that no pool's nodes can take.
func costOfIdle(_ reservation: ReservationSpec) -> PoolCost {
    func perMonth(_ hours: Threshold) -> Traced<Double> {
        derive(
            "count × price × hours", ("count", reservation.count), ("price, $/hour", reservation.pricePerHour),
            ("hours", .threshold(hours))
        ) { rounded(Double($0) * $1 * $2, decimals: 2) }
    }
    let mean = perMonth(Thresholds.hoursMean)
    return PoolCost(
        pool: reservation.id.value, steadyPerMonth: mean, busyPerMonth: mean, expectedPerMonth: mean,
        peakPerMonth: mean,
        worstPerMonth: perMonth(Thresholds.hoursWorst))
}
