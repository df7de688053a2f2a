import Diagnostics
import Groundwork

/// Warns if a model keeps far more nodes only because a new replica starts too slowly.
func checkColdStart(_ placement: Placement, _ report: inout Report) {
    let (model, candidate) = (placement.spec, placement.candidate)
    guard let traffic = model.traffic, model.replicas == nil else { return }
    let (kept, needed) = (Int(candidate.replicas.least), Int(candidate.replicas.leastAtOnce))
    let (nodes, fewer) = (candidate.nodes(for: kept), candidate.nodes(for: needed))
    let point = placement.point
    let seconds = point.coldStart.total.value
    let ramp = traffic.ramp?.value ?? Defaults.ramp.value
    let isTooLate = Double(seconds) >= ramp
    guard nodes > fewer, isTooLate || Double(nodes) >= Double(fewer) * Thresholds.startFactor.value else { return }
    report.warning(
        "cold-start-decides-minimum",
        "`\(placement.name)` keeps \(kept) replicas on \(nodes) nodes only because a new replica takes \(seconds) s to start",
        at: model.weights.from.range ?? model.source.range,
        label: "loading the weights takes \(plainly(point.coldStart.parts.weightsLoad.value.rounded())) s",
        notes: [
            .init(
                """
                traffic grows from \(plainly(traffic.steady.value)) to \(plainly(traffic.peak.value)) requests/s in \(plainly(ramp)) s, and \
                running replicas must carry what is added before a new one is ready; steady traffic needs \(needed)
                """, at: traffic.ramp?.range ?? traffic.peak.range)
        ], help: helpForStart(placement, candidate.nodes(for: kept)))
}

/// What would shorten the start, and what it leaves of the minimum.
private func helpForStart(_ placement: Placement, _ nodes: Int) -> [Help] {
    let general: Help = "`stowage plan --advise` lists the changes that save most"
    if case .s3 = placement.spec.weights.from.value { return [general] }
    guard placement.spec.coldStart.weightsLoad == nil else { return [general] }
    var faster = placement.spec
    faster.weights.from = Traced(.s3("s3://bucket/model"), .convention("tried"))
    let (demand, candidate) = (placement.choice.demand, placement.candidate)
    guard let traffic = faster.traffic else { return [general] }
    let counts = ReplicaCounts<Double>(
        demand.serving(faster), candidate.workload, traffic, rate: candidate.capability.requestsPerSecond,
        perNode: Double(candidate.replicasPerNode))
    let (least, fewer) = (Int(counts.least), candidate.nodes(for: Int(counts.least)))
    guard fewer < nodes else { return [general] }
    let seconds = plainly(ColdStart<Double>(faster, candidate.workload).total.rounded(.up))
    return [
        "load the weights from S3: a replica then starts in \(seconds) s, and the minimum is \(least) replicas on \(fewer) nodes",
        general,
    ]
}
