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
    var limit: Reasoned {
        ReplicaQueue(atMost: most, gap: replica.gap).sustainedLimit.named("saturation rate", "requests/s")
    }
    func because(_ reason: String, _ figures: Reasoned?...) -> Traced<String> { because(reason, figures) }
    func because(_ reason: String, _ figures: [Reasoned?]) -> Traced<String> {
        Traced(
            found.words(of: candidate.workload),
            .inferred(
                Inference(
                    reason, figures.compactMap { $0 }.map { Ingredient($0.reason.name ?? "value", Traced<Double>($0)) })
            ))
    }
    switch found {
    case .memory, .sequenceLimit: return because("the first limit that one more sequence exceeds", next, broken?.most)
    case .bandwidth, .compute, .kernels:
        let parts: [Reasoned?] = replica.time.steps.map { $0.parts(next).map(\.time) } ?? []
        return because(
            "the largest part of the time per output token, which misses its target with one more sequence",
            [broken?.figure, broken?.most] + parts)
    case .prompts:
        return because("all requests of a step are computed together, at the rate of saturation", rate, limit)
    case .queue:
        return because(
            "\(candidate.workload.answerWords) meets its target only up to a rate below saturation", rate, limit,
            objectives.answer?.seconds.named("target", "s"))
    case .measured: return because("measured values in the spec take precedence", rate, most)
    }
}
