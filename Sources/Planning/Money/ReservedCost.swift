import Groundwork

/// What reservations cost in an hour, used or not.
func reservedPrice(_ reservations: [ReservationSpec]) -> Reasoned {
    Reasoned.sum(reservations.map(\.perHour)).named("price of what is reserved", "$/h")
}

/// The nodes that reservations hold.
func reservedNodes(_ reservations: [ReservationSpec]) -> Reasoned {
    Reasoned.sum(reservations.map(\.nodes)).named("reserved nodes", "nodes")
}

/// What a reservation costs that no pool's nodes can take.
func costOfIdle(_ reservation: ReservationSpec) -> PoolCost {
    func perMonth(_ hours: Parameter) -> Traced<Double> { Traced((hours.reasoned * reservation.perHour).rounded(2)) }
    let mean = perMonth(Thresholds.hoursMean)
    return PoolCost(
        pool: reservation.id.value, steadyPerMonth: mean, busyPerMonth: mean, expectedPerMonth: mean,
        peakPerMonth: mean, worstPerMonth: perMonth(Thresholds.hoursWorst))
}

extension ReservationSpec {
    /// Its instances.
    fileprivate var nodes: Reasoned { count.named("instances of \(id.value)", "nodes") }

    /// What all of them cost in an hour.
    fileprivate var perHour: Reasoned {
        (nodes * pricePerHour.named("price of one of \(id.value)", "$/h")).named("price of \(id.value)", "$/h")
    }
}
