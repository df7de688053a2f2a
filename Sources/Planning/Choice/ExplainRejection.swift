import Groundwork

extension RejectedCandidate {
    /// Why a candidate cannot serve, in words.
    func explainedRejection(_ demand: Demand) -> ReasonedText {
        let objectives = demand.model.objectives
        switch rejection {
        case .doesNotDivide(let fault): return explainedFault(fault)
        case .doesNotHold(let fit):
            let missing = Reasoned.deferred("missing memory", fit.shortfall, "GiB") { [self] in
                MemoryFit(workload, on: accelerator, ranks: explainedRanks).shortfall
            }
            return "\(missing, .rounded(1)) GiB short of memory for the weights and one sequence of full context"
        case .doesNotLoad(let missing):
            let missing = Reasoned.deferred("missing memory", missing, "GiB") { [self] in
                missingToLoad(workload, on: accelerator, ranks: explainedRanks)
            }
            return "\(missing, .rounded(1)) GiB short of memory on each GPU to load the published weights"
        case .tpotAboveTarget(let seconds):
            let tpot = milliseconds("time per output token", seconds) { $0.tpot(1) }
            return
                "\(tpot, .rounded(1)) ms per output token at best, above the target of \(asked(objectives.tpot))"
        case .answerAboveTarget(let seconds):
            let start = milliseconds(workload.answerWords, seconds) { $0.answer(1) }
            let until = workload.generates ? "to the first token" : "end to end"
            return "\(start, .rounded(1)) ms \(until) at best, above the target of \(asked(objectives.answer))"
        case .formatUnsupported: return "the GPU does not support this dtype"
        case .cacheFormatUnsupported: return "the GPU does not support the dtype of the KV cache"
        case .hostTooSmall: return "the node has too little CPU, memory or disk for a replica"
        }
    }

    /// Why the weights do not divide, with the figures that vLLM compares.
    private func explainedFault(_ fault: PartitionFault) -> ReasonedText {
        switch fault {
        case .heads: return "the attention heads do not divide evenly among this many GPUs"
        case .vocabulary: return "the vocabulary does not divide evenly among this many GPUs"
        case .experts(let count):
            let experts = workload.described?.experts?.count ?? Traced(count, .catalog(workload.architecture.reference))
            return "\(experts, as: "experts") experts do not divide evenly among this many GPUs"
        case .width(let part, let width, let block):
            let all = workload.traced(part, width).named("width of \(part.words)", "1")
            let share = (all / explainedRanks).named("width per GPU", "1/GPU")
            guard block > 1, let scale = workload.scaleBlock else {
                return "\(part.words) do not divide evenly: a width of \(all) among this many GPUs"
            }
            return
                "\(share, .rounded(1)) is the width of \(part.words) per GPU, not a multiple of the \(scale, as: "scale block") weights that share a scale"
        }
    }

    private var explainedRanks: Reasoned {
        .given("tensor parallel size", Double(tensorParallel), "GPUs", .convention("part of the candidate"))
    }

    /// A time of a replica that runs one request, in milliseconds.
    private func milliseconds(
        _ name: String, _ seconds: Double, _ time: @escaping @Sendable (ReplicaModel<Reasoned>) -> Reasoned?
    ) -> Reasoned {
        let exact = Reasoned.deferred(name, seconds, "s") { [self] in
            time(ReplicaModel(workload, accelerator, ranks: explainedRanks)) ?? .constant(seconds, "s")
        }
        return (exact * .constant(1000, "ms/s")).named("\(name) in ms", "ms")
    }

    private func asked(_ target: LatencyTarget?) -> ReasonedText {
        guard let target else { return "less" }
        let limit = (target.seconds.named("target", "s") * .constant(1000, "ms/s")).named("target in ms", "ms")
        return "\(limit, .rounded(1)) ms"
    }
}
