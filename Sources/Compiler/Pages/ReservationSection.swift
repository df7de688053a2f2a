import Groundwork
import Planning

/// What is reserved, which pool takes it, and until when; empty where nothing is.
func reservationSection(_ plan: Plan) -> ReasonedText {
    let reservations = plan.spec.reservations
    guard !reservations.isEmpty else { return "" }
    let rows = reservations.map { reservation -> [ReasonedText] in
        let id = reservation.id.value
        return [
            "\(id)", "\(reservation.count, as: "instances of \(id)") × \(reservation.type.value)",
            "\(reservation.zone, as: "zone of \(id)")",
            "$\(reservation.pricePerHour, as: "$/hour of \(id)")",
            "\(plan.pool(of: reservation)?.name.value ?? "none: idle")",
            reservation.ends.map { "\($0, as: "end of \(id)")" } ?? "–",
        ]
    }
    let head = ["reservation", "instances", "zone", "$/hour of one", "pool", "ends"]
    let ends = reservations.compactMap { reservation -> ReasonedText? in
        guard let ends = reservation.ends, let pool = plan.pool(of: reservation) else { return nil }
        return """

            `\(reservation.id.value)` is a capacity block. \(farewell(ends, pool)). \
            Money counts it as renewed; `stowage plan --what-if blocks-ended` shows the cluster without it.

            """
    }
    return """
        ## Reservations

        \(Table(head: head, rows: rows).text)
        A pool takes reserved nodes first; they cost their price whether they run or not.
        \(ends.joined())
        """
}

extension Plan {
    /// The pool whose nodes a reservation is for; nil where it is idle.
    fileprivate func pool(of reservation: ReservationSpec) -> PoolPlan? {
        pools.first { pool in pool.hardware.reservations.contains { $0.id.value == reservation.id.value } }
    }
}
