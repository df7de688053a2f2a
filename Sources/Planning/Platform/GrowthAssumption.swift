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

/// What it takes to cover a rise to the peak that is faster than a new replica starts.
private func jump(_ model: Placement, _ traffic: TrafficSpec) -> ReasonedText {
    let (demand, candidate) = (model.choice.demand, model.candidate)
    var sudden = traffic
    sudden.ramp = Traced(1, .convention("a rise within a second"))
    let perNode = model.nodes.perNode.named("replicas per node of \(model.name)", "replicas")
    let counts = ReplicaCounts<Reasoned>(
        demand, candidate.workload, sudden, rate: model.point.rate, perNode: perNode)
    let least = counts.least.named("minimum of \(model.name) for a jump", "replicas")
    let planned = model.minReplicas.named("minimum of \(model.name)", "replicas")
    let further = ((least / perNode).roundedUp - (planned / perNode).roundedUp)
        .named("further nodes of \(model.name)", "nodes")
    guard least.value > planned.value, further.value > 0 else {
        return least.value > planned.value
            ? "A minimum of \(least) replicas covers a jump to the peak, on the same nodes."
            : "The minimum covers a jump to the peak."
    }
    let cost =
        (further * candidate.price.named("price of a node of \(model.name)", "$/h") * Thresholds.hoursMean.reasoned)
        .named("price of a jump of \(model.name)", "$/month")
    return """
        A jump to the peak needs a minimum of \(least) replicas instead of \(planned) (`replicas.min`, or a shorter `traffic.ramp`): \
        \(further) more \(candidate.type.name) on demand, $\(cost, .grouped) per month.
        """
}
