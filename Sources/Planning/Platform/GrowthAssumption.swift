import Groundwork

/// The fastest growth of traffic that the plan of a model covers, what happens beyond it, and what it takes to cover a jump.
func growthAssumption(_ model: Placement) -> ReasonedText? {
    guard model.isAutoscaled, model.spec.workloadClass.value != .batch, let traffic = model.spec.traffic,
        traffic.peak.value > traffic.steady.value
    else { return nil }
    let ramp = traffic.ramp.map { $0.named("ramp of \(model.name)", "s") } ?? Defaults.ramp.reasoned
    let meanwhile: ReasonedText =
        admissionLimits(model) == nil
        ? "requests wait" : "replicas reject with HTTP 503 what they cannot start in time,"
    return """
        Traffic of \(model.name) takes at least \(ramp) s to grow from \(traffic.steady, as: "steady traffic of \(model.name)") to \
        \(traffic.peak, as: "peak traffic of \(model.name)") requests/s (`traffic.ramp`). If it grows faster, \(meanwhile) until new replicas are ready, \
        up to \(model.point.coldStart.total, as: "cold start of \(model.name)") s. \(jump(model, traffic))
        """
}

/// The replicas that sustain the peak as soon as it is there, and what they cost beyond the minimum.
private func jump(_ model: Placement, _ traffic: TrafficSpec) -> ReasonedText {
    let perNode = model.nodes.perNode.named("replicas per node of \(model.name)", "replicas")
    let planned = model.minReplicas.named("minimum of \(model.name)", "replicas")
    let needed = (traffic.peak.named("peak traffic of \(model.name)", "requests/s") / model.point.rate).roundedUp
        .named("replicas of \(model.name) that sustain the peak", "replicas")
    let further = ((needed / perNode).roundedUp - (planned / perNode).roundedUp)
        .named("further nodes of \(model.name)", "nodes")
    guard needed.value > planned.value else { return "The minimum sustains the peak at once." }
    let most: ReasonedText =
        "A minimum of \(needed) replicas instead of \(planned) (`replicas.min`) sustains the peak at once"
    guard further.value > 0 else { return "\(most), on the same nodes." }
    let price = model.candidate.price.named("price of a node of \(model.name)", "$/h")
    let cost = (further * price * Thresholds.hoursMean.reasoned).named("price of a jump of \(model.name)", "$/month")
    return "\(most): \(further) more \(model.candidate.type.name) on demand, $\(cost, .grouped) per month."
}
