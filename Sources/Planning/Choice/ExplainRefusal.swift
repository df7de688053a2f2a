import Groundwork

extension RefusedShape {
    /// Why a shape cannot serve, in words.
    func explainedRefusal(_ demand: Demand) -> ReasonedText {
        let targets = demand.model.sla
        switch refusal {
        case .headsDoNotDivide: return "the attention heads do not divide over so many GPUs"
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
                "\(pace, .rounded(1)) ms per output token at best, and \(asked(targets.timePerOutputToken)) are asked for"
        case .tooSlowToFirstToken(let seconds):
            let start = milliseconds("time to first token", seconds) { $0.firstToken(1) }
            return
                "\(start, .rounded(1)) ms to the first token at best, and \(asked(targets.timeToFirstToken)) are asked for"
        case .formatUnsupported: return "the GPU does not compute in this number format"
        case .cacheFormatUnsupported: return "the GPU does not compute in the number format of the KV cache"
        case .hostTooSmall: return "the node's CPU, memory or disk does not carry a replica"
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
