import Groundwork

/// What stops a replica from carrying more, in words, with the figures that the search compared.
func explainedBottleneck(_ demand: Demand, _ candidate: Candidate, _ most: Reasoned, _ rate: Reasoned, ranks: Reasoned)
    -> Traced<String>
{
    let found = candidate.capability.bottleneck
    let replica = ReplicaModel(candidate.workload, candidate.accelerator, ranks: ranks)
    let objectives = demand.model.objectives
    let target = objectives.tpot?.seconds.named("target", "s")
    let next = (most + 1).named("one more sequence", "sequences")
    let broken = replica.limits(at: next, target: target).first { !$0.holds }
    func because(_ reason: String, _ figures: Reasoned?...) -> Traced<String> {
        Traced(
            found.words,
            .inferred(
                Inference(
                    reason, figures.compactMap { $0 }.map { Ingredient($0.reason.name ?? "value", Traced<Double>($0)) })
            ))
    }
    switch found {
    case .memory, .sequenceLimit: return because("the first limit that one more sequence exceeds", next, broken?.most)
    case .bandwidth, .compute, .kernels:
        let parts = replica.time.parts(next).map(\.time)
        return because(
            "the largest part of the time per output token, which misses its target with one more sequence",
            broken?.figure, broken?.most, parts[0], parts[1], parts[2])
    case .queue:
        let limit = ReplicaQueue(atMost: most, gap: replica.gap).sustainedLimit.named(
            "saturation rate", "requests/s")
        return because(
            "time to first token meets its target only up to a rate below saturation", rate, limit,
            objectives.ttft?.seconds.named("target", "s"))
    case .measured: return because("measured values in the spec take precedence", rate, most)
    }
}
