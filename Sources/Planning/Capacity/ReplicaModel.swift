import Groundwork

/// A replica of a candidate with its latency margins, from which the operating point is solved.
struct ReplicaModel<N: Arithmetic>: Sendable {
    let workload: Workload
    let fit: MemoryFit<N>
    let time: ReplicaTime<N>
    /// The limit on concurrent sequences, whatever memory and latency allow.
    let mostSequences: Parameter
    private let ranks: N
    private let tpotMargin: N
    /// Between the predicted and the planned time until an answer begins.
    private let answerMargin: N
    /// Between the predicted and the planned request rate.
    private let rateMargin: N

    init(_ workload: Workload, _ accelerator: Accelerator, ranks: N) {
        self.workload = workload
        self.ranks = ranks
        fit = MemoryFit(workload, on: accelerator, ranks: ranks)
        time = ReplicaTime(workload, on: accelerator, ranks: ranks)
        mostSequences = accelerator.isLarge ? Thresholds.mostSequencesOfLargeGPUs : Thresholds.mostSequences
        tpotMargin = .given(Planning.rateMargin(workload, accelerator.gpu))
        answerMargin = .given(Planning.answerMargin(workload, accelerator.gpu))
        rateMargin = .maximum(
            tpotMargin, .given("derate", accelerator.gpu.derate, "times", .catalog(accelerator.gpu.reference)))
    }

    /// Planned seconds per output token while a number of sequences runs; nil if no tokens are generated.
    func tpot(_ sequences: N) -> N? {
        time.steps.map { ($0.tpot(sequences) * tpotMargin).named("time per output token", "s") }
    }

    /// Planned seconds until the answer of a request begins that joins others, so that a number of sequences runs.
    func answer(_ sequences: N) -> N {
        (time.answer(sequences) * answerMargin).named("\(workload.answerWords) without queueing", "s")
    }

    /// Seconds between completions while a number of sequences runs.
    func gap(_ sequences: N) -> N {
        (time.completion(sequences) * rateMargin / sequences).named("time between completions", "s")
    }

    /// The share of the KV cache that a number of running sequences takes; nil if no tokens are generated.
    func kvShare(_ running: N) -> N? {
        guard case .decoding(_, let output) = time else { return nil }
        let input: N = .given("input tokens", workload.inputTokens, "tokens")
        let each = workload.sequenceCache(tokens: input + output / 2, ranks: ranks).named(
            "mean KV cache per running sequence", "GiB")
        return .minimum(1, running * each / fit.kvBudget)
    }

    /// The figures of a replica at the measured concurrency; measured values take precedence.
    func measured(_ spec: MeasuredSpec) -> ReplicaFigures<N> {
        let running: N = .given("concurrent sequences", spec.concurrency, "sequences")
        let tpot = spec.timePerOutputToken.map { .given("time per output token", $0, "s") } ?? tpot(running)
        let written = spec.timeToFirstToken ?? spec.endToEndLatency
        let answer = written.map { .given(workload.answerWords, $0, "s") } ?? answer(running)
        return ReplicaFigures(
            requestsPerSecond: spec.requestsPerSecond.map { .given("request rate per replica", $0, "requests/s") }
                ?? (running / stay(tpot: tpot, answer: answer)).named("request rate per replica", "requests/s"),
            sequences: running, tpot: tpot, answer: answer,
            kvShare: spec.kvCacheShare.map { .given("KV cache usage", $0, "ratio") } ?? kvShare(running))
    }

    /// Seconds that a request runs.
    private func stay(tpot: N?, answer: N) -> N {
        guard case .decoding(_, let output) = time, let tpot else { return answer }
        return output * tpot
    }
}

/// The figures of a replica under the load that it sustains.
struct ReplicaFigures<N: Arithmetic>: Sendable {
    /// Requests per second.
    let requestsPerSecond: N
    /// Requests in the replica, on average.
    let sequences: N
    /// Seconds per output token; nil if no tokens are generated.
    let tpot: N?
    /// Seconds until an answer begins.
    let answer: N
    /// Share of the KV cache in use; nil if no tokens are generated.
    let kvShare: N?
}

/// A replica under a rate of random arrivals: how long requests wait, and beside how many others they run.
struct ReplicaLoad<N: Arithmetic>: Sendable {
    let replica: ReplicaModel<N>
    let state: QueueState<N>
    let most: N
    let targets: TargetShares<N>
    /// Requests running beside a new one, at the percentile of each target: of the answer, and of the TPOT.
    let others: (answer: N, tpot: N)

    /// Seconds until an answer begins, at the percentile of the target.
    var answer: N {
        (state.wait(percentile: targets.answer) + replica.answer(running(others.answer)))
            .named(replica.workload.answerWords, "s")
    }

    var figures: ReplicaFigures<N> {
        ReplicaFigures(
            requestsPerSecond: state.arrivals,
            sequences: .minimum(most, .maximum(1, state.present.roundedDown)),
            tpot: replica.tpot(running(others.tpot)), answer: answer,
            kvShare: replica.kvShare(state.running))
    }

    /// The sequences that run when a request joins others, at most all.
    private func running(_ others: N) -> N {
        N.minimum(others + 1, most).named("running sequences, including the new one", "sequences")
    }
}

/// The shares of requests that must meet their targets.
struct TargetShares<N: Arithmetic>: Sendable {
    let answer: N
    let tpot: N
}

extension TargetShares {
    /// The shares of a spec; without a target, the default percentile is planned.
    init(_ objectives: LatencyObjectives) {
        func share(_ target: LatencyTarget?) -> N {
            target.map { .given("percentile", $0.percentile, "%") / 100 } ?? .given(Defaults.percentile)
        }
        answer = share(objectives.answer)
        tpot = share(objectives.tpot)
    }
}
