import Groundwork

extension RefusedShape {
    /// Why a shape cannot serve, in words.
    func explainedRefusal(_ demand: Demand) -> ReasonedText {
        let objectives = demand.model.objectives
        switch refusal {
        case .doesNotDivide(let fault): return explainedFault(fault)
        case .doesNotHold(let fit):
            let missing = Reasoned.deferred("missing memory", fit.shortfall, "GiB") { [self] in
                MemoryFit(workload, on: accelerator, ranks: explainedRanks).shortfall
            }
            return "\(missing, .rounded(1)) GiB short of holding the weights and one whole context"
        case .doesNotLoad(let missing):
            let missing = Reasoned.deferred("missing memory", missing, "GiB") { [self] in
                missingToLoad(workload, on: accelerator, ranks: explainedRanks)
            }
            return "\(missing, .rounded(1)) GiB short on each GPU of loading the weights as they are published"
        case .tooSlowPerToken(let seconds):
            let pace = milliseconds("time per output token", seconds) { $0.perOutputToken(1) }
            return
                "\(pace, .rounded(1)) ms per output token at best, and \(asked(objectives.perOutputToken)) are asked for"
        case .tooSlowToFirstToken(let seconds):
            let start = milliseconds("time to first token", seconds) { $0.firstToken(1) }
            return
                "\(start, .rounded(1)) ms to the first token at best, and \(asked(objectives.firstToken)) are asked for"
        case .formatUnsupported: return "the GPU does not compute in this number format"
        case .cacheFormatUnsupported: return "the GPU does not compute in the number format of the KV cache"
        case .hostTooSmall: return "the node's CPU, memory or disk does not carry a replica"
        }
    }

    /// Why the weights do not divide, with the figures that vLLM compares.
    private func explainedFault(_ fault: PartitionFault) -> ReasonedText {
        switch fault {
        case .heads: return "the attention heads do not divide over so many GPUs"
        case .vocabulary: return "the vocabulary does not divide over so many GPUs"
        case .experts(let count):
            let experts = workload.described?.experts?.count ?? Traced(count, .catalog(workload.architecture.reference))
            return "\(experts, as: "experts") experts do not divide over so many GPUs"
        case .width(let part, let width, let block):
            let all = workload.traced(part, width).named("width of \(part.words)", "1")
            let share = (all / explainedRanks).named("width on each GPU", "1/GPU")
            guard block > 1, let scale = workload.scaleBlock else {
                return "\(part.words) leave a remainder: \(all) wide over so many GPUs"
            }
            return
                "\(share, .rounded(1)) of the width of \(part.words) on each GPU, no multiple of the \(scale, as: "scale block") that share a scale"
        }
    }

    private var explainedRanks: Reasoned {
        .given("tensor parallel", Double(tensorParallel), "GPUs", .convention("the GPUs of a replica of this shape"))
    }

    /// A time of a replica that runs one request, in milliseconds.
    private func milliseconds(
        _ name: String, _ seconds: Double, _ time: @escaping @Sendable (ReplicaModel<Reasoned>) -> Reasoned
    ) -> Reasoned {
        let exact = Reasoned.deferred(name, seconds, "s") { [self] in
            time(ReplicaModel(workload, accelerator, ranks: explainedRanks))
        }
        return (exact * .constant(1000, "ms/s")).named("\(name) in ms", "ms")
    }

    private func asked(_ target: LatencyTarget?) -> ReasonedText {
        guard let target else { return "fewer" }
        let limit = (target.seconds.named("target", "s") * .constant(1000, "ms/s")).named("target in ms", "ms")
        return "\(limit, .rounded(1)) ms"
    }
}
