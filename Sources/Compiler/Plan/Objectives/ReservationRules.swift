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
        description: "\(farewell(ends.value, pool)).",
        runbook: "Buy the next block and add it to the spec's reservations, or take this one out, and compile again.")
}

/// What becomes of a pool when a capacity block of it ends, in words.
func farewell(_ ends: Instant, _ pool: PoolPlan) -> String {
    func before(_ threshold: Threshold) -> String { ends.earlier(by: Int(threshold.value * 60)).text }
    let stop = pool.types.contains(where: \.isUltraServer) ? Thresholds.ultraServerStop : Thresholds.blockStop
    return pool.group == nil
        ? "Karpenter drains its nodes from \(before(Thresholds.blockDrain)); from then on \(pool.name.value) asks for on-demand nodes, which may not be there"
        : "EC2 stops its nodes from \(before(stop)), and nobody drains them before; from then on \(pool.name.value) lacks them"
}
