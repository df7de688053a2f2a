import Diagnostics
import Groundwork
import YAML

/// Warns where given replicas do not carry the traffic that is given too.
func checkReplicas(_ demand: Demand, _ point: OperatingPoint, _ shape: Shape, _ report: inout Report) {
    guard let replicas = demand.model.replicas, let traffic = demand.model.traffic else { return }
    let rate = point.requestsPerSecond.value
    let counts = ReplicaCounts(demand, demand.workload, traffic, rate: rate, perNode: Double(shape.replicasPerNode))
    let checks = [
        ("replicas-below-steady", replicas.min, traffic.steady, "steady traffic", "min", counts.least),
        ("replicas-below-peak", replicas.max, traffic.peak, "the peak", "max", counts.most),
    ]
    for (code, count, load, name, key, needed) in checks
    where count.value > 0 && Double(count.value) * rate < load.value {
        let carried = plainly((Double(count.value) * rate).rounded(1))
        report.warning(
            code,
            "\(count.value) replica\(count.value == 1 ? " carries" : "s carry") \(carried) requests per second of "
                + "`\(demand.model.name.value)`, and \(name) is \(plainly(load.value))",
            at: count.range, label: "too few for \(name)", notes: [.init("\(name) is given here", at: load.range)],
            help: [
                key == "min" && Int(needed) > replicas.max.value
                    ? Help(
                        "`min: \(Int(needed))` and `max: \(Int(max(needed, counts.most)))` keep each replica below its scale-up threshold",
                        together: [
                            .replacing(count.range, by: "\(Int(needed))"),
                            .replacing(replicas.max.range, by: "\(Int(max(needed, counts.most)))"),
                        ])
                    : Help(
                        "`\(key): \(Int(needed))` keeps each replica below its scale-up threshold",
                        replacing: count.range, by: ["\(Int(needed))"])
            ])
    }
}
