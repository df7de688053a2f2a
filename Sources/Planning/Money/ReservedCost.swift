import Groundwork

/// The hourly price of reservations, used or not.
func reservedPrice(_ reservations: [ReservationSpec]) -> Reasoned {
    Reasoned.sum(reservations.map(\.perHour)).named("price of reserved nodes", "$/h")
}

/// The nodes of reservations.
func reservedNodes(_ reservations: [ReservationSpec]) -> Reasoned {
    Reasoned.sum(reservations.map(\.nodes)).named("reserved nodes", "nodes")
}

/// The cost of a reservation that no pool can use.
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

    /// The hourly price of all of them.
    fileprivate var perHour: Reasoned {
        (nodes * pricePerHour.named("price of one instance of \(id.value)", "$/h")).named("price of \(id.value)", "$/h")
    }
}
