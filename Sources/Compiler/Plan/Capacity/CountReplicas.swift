import Diagnostics

/// The least replicas: what the spec says, else steady traffic at the scale-up share, and with one lost.
func minReplicas(_ demand: Demand, _ point: OperatingPoint, _ shape: Shape) -> Traced<Int> {
    if let given = demand.model.replicas { return given.min }
    guard let traffic = demand.model.traffic else {
        return Traced(1, .convention("without traffic or replicas one replica runs"))
    }
    let spare = Traced(spareReplicas(demand.model.priority.value), demand.model.priority.origin)
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
    if Double(replicas.max.value) * rate < traffic.peak.value {
        let needed = roundedUp(traffic.peak.value / (demand.scaleUp * rate))
        report.warning(
            "replicas-below-peak",
            "\(replicas.max.value) replicas of `\(demand.model.name.value)` carry \(PromQL.number(rounded(Double(replicas.max.value) * rate, decimals: 1))) "
                + "requests per second, and the peak is \(PromQL.number(traffic.peak.value))",
            at: replicas.max.range, label: "too few at peak",
            notes: [.init("the peak is given here", at: traffic.peak.range)],
            help: ["`max: \(needed)` keeps each replica at its scale-up threshold"])
    }
    if Double(replicas.min.value) * rate < traffic.steady.value {
        report.warning(
            "replicas-below-steady",
            "\(replicas.min.value) replicas of `\(demand.model.name.value)` carry \(PromQL.number(rounded(Double(replicas.min.value) * rate, decimals: 1))) "
                + "requests per second, and steady traffic is \(PromQL.number(traffic.steady.value))",
            at: replicas.min.range, label: "too few even without a surge",
            notes: [.init("steady traffic is given here", at: traffic.steady.range)])
    }
}
