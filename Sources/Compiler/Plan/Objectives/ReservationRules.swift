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
        description: endOfBlock(ends.value, pool),
        runbook: "Buy the next block and add it to the spec's reservations, or take this one out, and compile again.")
}

/// What happens to a pool when its capacity block ends, in a sentence.
func endOfBlock(_ ends: Instant, _ pool: PoolPlan?) -> String {
    func earlier(_ minutes: Threshold) -> String { ends.earlier(by: Int(minutes.value * 60)).text }
    guard let pool, let group = pool.group else {
        return "Karpenter drains its nodes from \(earlier(Thresholds.blockDrain)); from then on "
            + "\(pool?.name.value ?? "its pool") asks for on-demand nodes, which may not be there."
    }
    let isUltraServer = pool.types.contains(where: \.isUltraServer)
    return
        "EC2 stops its nodes from \(earlier(isUltraServer ? Thresholds.ultraServerStop : Thresholds.blockStop)), and the node "
        + "group \(group.name.value) gets no others until its launch template names another block."
}
