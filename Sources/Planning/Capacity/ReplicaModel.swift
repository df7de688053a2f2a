import Groundwork

/// A replica of a candidate with its latency margins, from which the operating point is solved.
struct ReplicaModel<N: Arithmetic>: Sendable {
    let workload: Workload
    let fit: MemoryFit<N>
    let time: StepTime<N>
    /// The limit on concurrent sequences, whatever memory and latency allow.
    let mostSequences: Parameter
    private let ranks: N
    private let output: N
    private let tpotMargin: N
    private let ttftMargin: N
    /// Between the predicted and the planned request rate.
    private let rateMargin: N

    init(_ workload: Workload, _ accelerator: Accelerator, ranks: N) {
        self.workload = workload
        self.ranks = ranks
        fit = MemoryFit(workload, on: accelerator, ranks: ranks)
        time = StepTime(workload, on: accelerator, ranks: ranks)
        mostSequences = accelerator.isLarge ? Thresholds.mostSequencesOfLargeGPUs : Thresholds.mostSequences
        output = .given("output tokens", workload.outputTokens, "tokens")
        tpotMargin = .given(Planning.tpotMargin(workload, accelerator.gpu))
        ttftMargin = .given(Planning.ttftMargin(workload, accelerator.gpu))
        rateMargin = .maximum(
            tpotMargin, .given("derate", accelerator.gpu.derate, "times", .catalog(accelerator.gpu.reference)))
    }

    /// Planned seconds per output token while a number of sequences runs.
    func tpot(_ sequences: N) -> N {
        (time.tpot(sequences) * tpotMargin).named("time per output token", "s")
    }

    /// Planned time to first token of a request that joins others, seconds, so that a number of sequences runs.
    func ttft(_ sequences: N) -> N {
        (time.ttft(sequences) * ttftMargin).named("time to first token without queueing", "s")
    }

    /// Seconds between completions while a number of sequences runs.
    func gap(_ sequences: N) -> N {
        (output * time.tpot(sequences) * rateMargin / sequences).named("time between completions", "s")
    }

    /// The share of the KV cache that a number of running sequences takes.
    func kvShare(_ running: N) -> N {
        let input: N = .given("input tokens", workload.inputTokens, "tokens")
        let each = workload.sequenceCache(tokens: input + output / 2, ranks: ranks).named(
            "mean KV cache per running sequence", "GiB")
        return .minimum(1, running * each / fit.kvBudget)
    }

    /// The figures of a replica at the measured concurrency; measured values take precedence.
    func measured(_ spec: MeasuredSpec) -> ReplicaFigures<N> {
        let running: N = .given("concurrent sequences", spec.concurrency, "sequences")
        let tpot = spec.timePerOutputToken.map { .given("time per output token", $0, "s") } ?? tpot(running)
        return ReplicaFigures(
            requestsPerSecond: spec.requestsPerSecond.map { .given("request rate per replica", $0, "requests/s") }
                ?? (running / (output * tpot)).named("request rate per replica", "requests/s"),
            sequences: running, tpot: tpot,
            ttft: spec.timeToFirstToken.map { .given("time to first token", $0, "s") } ?? ttft(running),
            kvShare: spec.kvCacheShare.map { .given("KV cache usage", $0, "ratio") } ?? kvShare(running))
    }
}

/// The figures of a replica under the load that it sustains.
struct ReplicaFigures<N: Arithmetic>: Sendable {
    /// Requests per second.
    let requestsPerSecond: N
    /// Requests in the replica, on average.
    let sequences: N
    /// Seconds per output token.
    let tpot: N
    /// Time to first token, seconds.
    let ttft: N
    /// Share of the KV cache in use.
    let kvShare: N
}

/// A replica under a rate of random arrivals: how long requests wait, and beside how many others they run.
struct ReplicaLoad<N: Arithmetic>: Sendable {
    let replica: ReplicaModel<N>
    let state: QueueState<N>
    let most: N
    let targets: TargetShares<N>
    /// Requests running beside a new one, at the percentile of each target: of the TTFT, and of the TPOT.
    let others: (ttft: N, tpot: N)

    /// Time to first token at the percentile of its target, seconds.
    var ttft: N {
        (state.wait(percentile: targets.ttft) + replica.ttft(running(others.ttft)))
            .named("time to first token", "s")
    }

    var figures: ReplicaFigures<N> {
        ReplicaFigures(
            requestsPerSecond: state.arrivals,
            sequences: .minimum(most, .maximum(1, state.present.roundedDown)),
            tpot: replica.tpot(running(others.tpot)), ttft: ttft,
            kvShare: replica.kvShare(state.running))
    }

    /// The sequences that run when a request joins others, at most all.
    private func running(_ others: N) -> N {
        N.minimum(others + 1, most).named("running sequences, including the new one", "sequences")
    }
}

/// The shares of requests that must meet their targets.
struct TargetShares<N: Arithmetic>: Sendable {
    let ttft: N
    let tpot: N
}

extension TargetShares {
    /// The shares of a spec; without a target, the default percentile is planned.
    init(_ objectives: LatencyObjectives) {
        func share(_ target: LatencyTarget?) -> N {
            target.map { .given("percentile", $0.percentile, "%") / 100 } ?? .given(Defaults.percentile)
        }
        ttft = share(objectives.ttft)
        tpot = share(objectives.tpot)
    }
}
