import Groundwork

/// Alerts on capacity blocks that are about to end: their nodes are replaced by on-demand nodes, if EC2 has any.
func reservationRules(_ pools: [PoolPlan]) -> [PrometheusRule] {
    pools.flatMap { pool in
        pool.hardware.reservations.compactMap { reservation in
            reservation.ends.map { blockEnds(reservation, $0, pool) }
        }
    }
}

private func blockEnds(_ reservation: ReservationSpec, _ ends: Traced<Instant>, _ pool: PoolPlan) -> PrometheusRule {
    let end = ends.named("end of the block")
    let notice = (end - Thresholds.blockNotice.reasoned * .constant(3600, "s/h")).named("notice time", .instant)
    let isNear: ReasonedText = "vector(time()) > \(notice)"
    return .alert(
        "CapacityBlockEnds",
        isNear.because("the current time, compared with the time of the notice, in seconds since 1970"),
        forDuration: nil, severity: "warning",
        labels: [("nodepool", pool.name.value), ("reservation", reservation.id.value)],
        summary: "capacity block \(reservation.id.value) ends at \(end, .instant)",
        description: "\(capacityBlockEnd(ends, pool)).",
        runbook: "Buy the next block and add it to the spec's reservations, or remove this one, and compile again.")
}

/// What happens to a pool when one of its capacity blocks ends, in words.
package func capacityBlockEnd(_ ends: Traced<Instant>, _ pool: PoolPlan) -> ReasonedText {
    func before(_ threshold: Parameter) -> Reasoned {
        (ends.named("end of the block") - threshold.reasoned * .constant(60, "s/min")).named(
            "time of the \(threshold.name)", .instant)
    }
    let stop = pool.hardware.types.contains(where: \.isUltraServer) ? Thresholds.ultraServerStop : Thresholds.blockStop
    return pool.group == nil
        ? "Karpenter drains its nodes from \(before(Thresholds.blockDrain), .instant); from then on \(pool.name.value) requests on-demand nodes, which may be unavailable"
        : "EC2 stops its nodes from \(before(stop), .instant) without draining them; from then on \(pool.name.value) is smaller by these nodes"
}

extension Traced where Value == Instant {
    /// The seconds since 1970, for a formula.
    fileprivate func named(_ name: String) -> Reasoned { .given(name, Double(value.seconds), .instant, origin) }
}
