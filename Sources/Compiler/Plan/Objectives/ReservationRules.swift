/// Alerts on capacity blocks that are about to end: their nodes go, and what replaces them is bought on demand if there is any.
func reservationRules(_ pools: [PoolPlan]) -> [PrometheusRule] {
    pools.flatMap { pool in
        pool.reservations.compactMap { reservation in
            reservation.ends.map { blockEnds(reservation, $0, pool) }
        }
    }
}

private func blockEnds(_ reservation: ReservationSpec, _ ends: Traced<Instant>, _ pool: PoolPlan) -> PrometheusRule {
    .alert(
        "CapacityBlockEnds",
        derive("now > end − notice", ("end", ends), ("notice, h", .threshold(Thresholds.blockNotice))) {
            "vector(time()) > \(PromQL.number(Double($0.seconds) - $1 * 3600))"
        }, hold: nil, severity: "warning",
        labels: [("nodepool", pool.name.value), ("reservation", reservation.id.value)],
        summary: "\(reservation.id.value) ends at \(ends.value.text)",
        description:
            "Karpenter drains its nodes from \(drained(ends.value).text); from then on \(pool.name.value) asks for on-demand nodes, which may not be there.",
        runbook: "Buy the next block and add it to the spec's reservations, or take this one out, and compile again.")
}

/// When Karpenter begins to drain the nodes of a capacity block.
func drained(_ ends: Instant) -> Instant { ends.earlier(by: Int(Thresholds.blockDrain.value * 60)) }
