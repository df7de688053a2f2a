import Groundwork

/// How long the requests of a replica take.
enum ReplicaTime<N: Arithmetic>: Sendable {
    /// Tokens are generated, one after another.
    case decoding(StepTime<N>, output: N)
    /// One result is computed from a whole prompt.
    case pooling(PoolingTime<N>)

    init(_ workload: Workload, on accelerator: Accelerator, ranks: N) {
        if let output = workload.outputTokens {
            self = .decoding(
                StepTime(workload, on: accelerator, ranks: ranks), output: .given("output tokens", output, "tokens"))
        } else {
            self = .pooling(PoolingTime(workload, on: accelerator, ranks: ranks))
        }
    }

    /// The steps of decoding; nil if no tokens are generated.
    var steps: StepTime<N>? { if case .decoding(let steps, _) = self { steps } else { nil } }

    /// Until the answer of a request begins that joins others, so that a number of requests runs, without queueing.
    func answer(_ requests: N) -> N {
        switch self {
        case .decoding(let steps, _): steps.ttft(requests)
        case .pooling(let steps): steps.endToEnd(requests)
        }
    }

    /// Until all requests complete that run.
    func completion(_ requests: N) -> N {
        switch self {
        case .decoding(let steps, let output): output * steps.tpot(requests)
        case .pooling(let steps): steps.step(requests)
        }
    }
}

extension Workload {
    /// The latency until an answer begins, in words: that of a model that generates no tokens is the whole of it.
    var answerWords: String { generates ? "time to first token" : "end-to-end latency" }
}
