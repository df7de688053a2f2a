import Groundwork
import Planning

/// The reservations, the pool that uses each, and when it ends; empty without reservations.
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
    let head = ["reservation", "instances", "zone", "$/hour each", "pool", "ends"]
    let ends = reservations.compactMap { reservation -> ReasonedText? in
        guard let ends = reservation.ends, let pool = plan.pool(of: reservation) else { return nil }
        return """

            `\(reservation.id.value)` is a capacity block. \(capacityBlockEnd(ends, pool)). \
            Costs assume that it is renewed; `stowage plan --what-if blocks-ended` shows the cluster without it.

            """
    }
    return """
        ## Reservations

        \(Table(head: head, rows: rows).text)
        A pool uses reserved nodes first; they are billed whether they run or not.
        \(ends.joined())
        """
}

extension Plan {
    /// The pool that uses a reservation; nil if it is idle.
    fileprivate func pool(of reservation: ReservationSpec) -> PoolPlan? {
        pools.first { pool in pool.hardware.reservations.contains { $0.id.value == reservation.id.value } }
    }
}
