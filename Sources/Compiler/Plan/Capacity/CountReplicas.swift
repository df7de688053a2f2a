import Diagnostics

/// The least replicas: what the spec says, else steady traffic at the scale-up share, and with one lost.
func minReplicas(_ demand: Demand, _ point: OperatingPoint, _ shape: Shape) -> Traced<Int> {
    if let given = demand.model.replicas { return given.min }
    guard let traffic = demand.model.traffic else {
        return Traced(1, .convention("without traffic or replicas one replica runs"))
    }
    let rule =
        demand.standsEvenly
        ? "what the loss of a node takes: replicas stand evenly on two at least, and as many stay as steady traffic needs; none for best-effort models"
        : "what the loss of a node takes, none for best-effort models"
    let spare = derive(
        rule, ("priority", demand.model.priority),
        ("replicas per node", Traced(shape.replicasPerNode, .catalog(shape.type.reference)))
    ) { _, _ in shape.replicas.lost }
    let growth = derive(
        "(peak − steady) × cold start ÷ ramp, none for batch models, which may wait",
        ("peak, requests/s", traffic.peak),
        ("steady, requests/s", traffic.steady), ("cold start, s", point.coldStart.total),
        ("ramp, s", traffic.ramp ?? .threshold(Thresholds.ramp)), ("class", demand.model.workloadClass)
    ) { $4 == .batch ? 0 : rounded(min(1, Double($2) / $3) * ($0 - $1), decimals: 3) }
    let up = demand.model.scaling.up ?? .threshold(WorkloadThresholds.row(of: demand.model.workloadClass.value).up)
    return derive(
        "the most of steady ÷ (scale up × rate of a replica), steady ÷ rate of a replica + spare, and growth ÷ ((1 − scale up) × rate of a replica), rounded up",
        ("steady, requests/s", traffic.steady), ("scale up", up),
        ("rate of a replica, requests/s", point.requestsPerSecond),
        ("spare", spare), ("growth during a cold start, requests/s", growth)
    ) { _, _, _, _, _ in shape.replicas.least }
}

/// The most replicas: what the spec says, else peak traffic at the scale-up share.
func maxReplicas(_ demand: Demand, _ point: OperatingPoint, _ shape: Shape) -> Traced<Int> {
    if let given = demand.model.replicas { return given.max }
    guard let traffic = demand.model.traffic else {
        return Traced(1, .convention("without traffic or replicas one replica runs"))
    }
    let up = demand.model.scaling.up ?? .threshold(WorkloadThresholds.row(of: demand.model.workloadClass.value).up)
    return derive(
        "peak ÷ (scale up × rate of a replica), rounded up, at least the minimum", ("peak, requests/s", traffic.peak),
        ("scale up", up), ("rate of a replica, requests/s", point.requestsPerSecond)
    ) { _, _, _ in shape.replicas.most }
}

/// Warns where given replicas do not carry the traffic that is given too.
func checkReplicas(_ demand: Demand, _ point: OperatingPoint, _ shape: Shape, _ report: inout Report) {
    guard let replicas = demand.model.replicas, let traffic = demand.model.traffic else { return }
    let rate = point.requestsPerSecond.value
    let counts = ReplicaCounts(demand, traffic, rate: rate, perNode: shape.replicasPerNode)
    let checks = [
        ("replicas-below-steady", replicas.min, traffic.steady, "steady traffic", "min", counts.least),
        ("replicas-below-peak", replicas.max, traffic.peak, "the peak", "max", counts.most),
    ]
    for (code, count, load, name, key, needed) in checks
    where count.value > 0 && Double(count.value) * rate < load.value {
        let carried = plainly(rounded(Double(count.value) * rate, decimals: 1))
        report.warning(
            code,
            "\(count.value) replica\(count.value == 1 ? " carries" : "s carry") \(carried) requests per second of "
                + "`\(demand.model.name.value)`, and \(name) is \(plainly(load.value))",
            at: count.range, label: "too few for \(name)", notes: [.init("\(name) is given here", at: load.range)],
            help: [
                needed > replicas.max.value && key == "min"
                    ? Help(
                        "`min: \(needed)` and `max: \(max(needed, counts.most))` keep each replica below its scale-up threshold",
                        together: [
                            .replacing(count.range, by: "\(needed)"),
                            .replacing(replicas.max.range, by: "\(max(needed, counts.most))"),
                        ])
                    : Help(
                        "`\(key): \(needed)` keeps each replica below its scale-up threshold", replacing: count.range,
                        by: ["\(needed)"])
            ])
    }
}
