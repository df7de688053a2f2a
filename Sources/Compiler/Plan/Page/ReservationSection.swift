/// What is reserved, which pool takes it, and until when; empty where nothing is.
func reservationSection(_ plan: Plan) -> String {
    let reservations = plan.spec.reservations
    guard !reservations.isEmpty else { return "" }
    let rows = reservations.map { reservation -> [String] in
        [
            reservation.id.value, "\(reservation.count.value) × \(reservation.type.value)", reservation.zone.value,
            "$\(PromQL.number(reservation.pricePerHour.value))", plan.pool(of: reservation)?.name.value ?? "none: idle",
            reservation.ends?.value.text ?? "–",
        ]
    }
    let head = ["reservation", "instances", "zone", "$/hour of one", "pool", "ends"]
    let ends = reservations.compactMap { reservation -> String? in
        guard let ends = reservation.ends, let pool = plan.pool(of: reservation) else { return nil }
        return "\n`\(reservation.id.value)` is a capacity block. \(farewell(ends, pool).text). "
            + "Money counts it as renewed; `stowage plan --what-if blocks-ended` shows the cluster without it.\n"
    }
    return "## Reservations\n\n" + Table(head: head, rows: rows).text
        + "\nA pool takes reserved nodes first; they cost their price whether they run or not.\n" + ends.joined()
}

extension Plan {
    /// The pool whose nodes a reservation is for; nil where it is idle.
    fileprivate func pool(of reservation: ReservationSpec) -> PoolPlan? {
        pools.first { pool in pool.reservations.contains { $0.id.value == reservation.id.value } }
    }
}
