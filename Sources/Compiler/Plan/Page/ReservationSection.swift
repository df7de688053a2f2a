/// What is reserved, which pool takes it, and until when; empty where nothing is.
func reservationSection(_ plan: Plan) -> String {
    let reservations = plan.spec.reservations
    guard !reservations.isEmpty else { return "" }
    let rows = reservations.map { reservation -> [String] in
        let pool = plan.pools.first { pool in pool.reservations.contains { $0.id.value == reservation.id.value } }
        return [
            reservation.id.value, "\(reservation.count.value) × \(reservation.type.value)", reservation.zone.value,
            "$\(PromQL.number(reservation.pricePerHour.value))", pool?.name.value ?? "none: idle",
            reservation.ends?.value.text ?? "–",
        ]
    }
    let head = ["reservation", "instances", "zone", "$/hour of one", "pool", "ends"]
    let blocks = reservations.compactMap { reservation in
        reservation.ends.map { ends in
            (
                reservation.id.value, ends.value,
                plan.pools.first { pool in pool.reservations.contains { $0.id.value == reservation.id.value } }
            )
        }
    }
    let ends = blocks.map { id, ends, pool in
        "`\(id)` is a capacity block. \(endOfBlock(ends, pool)) "
            + "Money counts it as renewed; `stowage plan --what-if blocks-ended` shows the cluster without it.\n"
    }
    return "## Reservations\n\n" + Table(head: head, rows: rows).text
        + "\nA pool takes reserved nodes first; they cost their price whether they run or not.\n"
        + ends.map { "\n" + $0 }.joined()
}
