import Diagnostics

/// The least replicas: what the spec says, else steady traffic at the scale-up share, and with one lost.
func minReplicas(_ demand: Demand, _ point: OperatingPoint, _ shape: Shape) -> Traced<Int> {
    if let given = demand.model.replicas { return given.min }
    guard let traffic = demand.model.traffic else {
        return Traced(1, .convention("without traffic or replicas one replica runs"))
    }
    let spare = derive("one to lose, none for best-effort models", ("priority", demand.model.priority)) {
        spareReplicas($0)
    }
    let up = demand.model.scaling.up ?? .threshold(WorkloadThresholds.row(of: demand.model.workloadClass.value).up)
    return derive(
        "the more of steady ÷ (scale up × rate of a replica) and steady ÷ rate of a replica + spare, rounded up",
        ("steady, requests/s", traffic.steady), ("scale up", up),
        ("rate of a replica, requests/s", point.requestsPerSecond),
        ("spare", spare)
    ) { _, _, _, _ in shape.replicas.least }
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
func checkReplicas(_ demand: Demand, _ point: OperatingPoint, _ report: inout Report) {
    guard let replicas = demand.model.replicas, let traffic = demand.model.traffic else { return }
    let rate = point.requestsPerSecond.value
    let spare = spareReplicas(demand.model.priority.value)
    let steady = roundedUp(
        max(traffic.steady.value / rate + Double(spare), traffic.steady.value / (demand.scaleUp * rate)))
    let checks = [
        ("replicas-below-steady", replicas.min, traffic.steady, "steady traffic", "min", steady),
        (
            "replicas-below-peak", replicas.max, traffic.peak, "the peak", "max",
            roundedUp(traffic.peak.value / (demand.scaleUp * rate))
        ),
    ]
    for (code, count, load, name, key, needed) in checks
    where count.value > 0 && Double(count.value) * rate < load.value {
        let carried = plainly(rounded(Double(count.value) * rate, decimals: 1))
        report.warning(
            code,
            "\(count.value) replica\(count.value == 1 ? " carries" : "s carry") \(carried) requests per second of "
                + "`\(demand.model.name.value)`, and \(name) is \(plainly(load.value))",
            at: count.range, label: "too few for \(name)", notes: [.init("\(name) is given here", at: load.range)],
            help: ["`\(key): \(needed)` keeps each replica below its scale-up threshold"])
    }
}
