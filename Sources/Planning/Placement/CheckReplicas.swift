import Diagnostics
import Groundwork
import YAML

/// Warns if the replicas that the spec sets do not carry the traffic that it sets.
func checkReplicas(_ demand: Demand, _ point: OperatingPoint, _ candidate: Candidate, _ report: inout Report) {
    guard let replicas = demand.model.replicas, let traffic = demand.model.traffic else { return }
    let rate = point.requestsPerSecond.value
    let counts = ReplicaCounts(demand, demand.workload, traffic, rate: rate, perNode: Double(candidate.replicasPerNode))
    let checks = [
        ("replicas-below-steady", replicas.min, traffic.steady, "the steady traffic", "min", counts.least),
        ("replicas-below-peak", replicas.max, traffic.peak, "the peak traffic", "max", counts.most),
    ]
    for (code, count, load, name, key, needed) in checks
    where count.value > 0 && Double(count.value) * rate < load.value {
        let carried = plainly((Double(count.value) * rate).rounded(1))
        report.warning(
            code,
            "\(count.value) replica\(count.value == 1 ? " carries" : "s carry") \(carried) requests/s of "
                + "`\(demand.model.name.value)`, less than \(name), \(plainly(load.value)) requests/s",
            at: count.range, label: "too few for \(name)", notes: [.init("\(name) is set here", at: load.range)],
            help: [
                key == "min" && Int(needed) > replicas.max.value
                    ? Help(
                        "set `min: \(Int(needed))` and `max: \(Int(max(needed, counts.most)))` to keep each replica below its scale-up threshold",
                        together: [
                            .replacing(count.range, by: "\(Int(needed))"),
                            .replacing(replicas.max.range, by: "\(Int(max(needed, counts.most)))"),
                        ])
                    : Help(
                        "set `\(key): \(Int(needed))` to keep each replica below its scale-up threshold",
                        replacing: count.range, by: ["\(Int(needed))"])
            ])
    }
}
