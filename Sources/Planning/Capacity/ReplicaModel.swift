import Groundwork

/// A replica of a shape with the margins of its promises: what the operating point is solved on.
struct ReplicaModel<N: Arithmetic>: Sendable {
    let workload: Workload
    let fit: MemoryFit<N>
    let time: StepTime<N>
    /// The bound on sequences at once, whatever memory and latency allow.
    let mostSequences: Parameter
    private let output: N
    private let paceMargin: N
    private let startMargin: N
    /// Between the predicted and the promised rate of requests.
    private let rateMargin: N

    init(_ workload: Workload, _ accelerator: Accelerator, ranks: N) {
        self.workload = workload
        fit = MemoryFit(workload, on: accelerator, ranks: ranks)
        time = StepTime(workload, on: accelerator, ranks: ranks)
        mostSequences = accelerator.isLarge ? Thresholds.mostSequencesOfLargeGPUs : Thresholds.mostSequences
        output = .given("output tokens", workload.outputTokens, "tokens")
        paceMargin = .given(Planning.paceMargin(workload, accelerator.gpu))
        startMargin = .given(Planning.startMargin(workload, accelerator.gpu))
        rateMargin = .maximum(
            paceMargin, .given("derate", accelerator.gpu.derate, "times", .catalog(accelerator.gpu.reference)))
    }

    /// Promised seconds per output token while a number of sequences runs.
    func perOutputToken(_ sequences: N) -> N {
        (time.perOutputToken(sequences) * paceMargin).named("time per output token", "s")
    }

    /// Promised seconds to the first token of a request that joins others, so that a number of sequences runs.
    func firstToken(_ sequences: N) -> N {
        (time.firstToken(sequences) * startMargin).named("time to first token without a wait", "s")
    }

    /// Seconds from one departure to the next while a number of sequences runs.
    func gap(_ sequences: N) -> N {
        (output * time.perOutputToken(sequences) * rateMargin / sequences).named("time between completions", "s")
    }

    /// The share of the KV cache that a number of running sequences takes.
    func kvShare(_ running: N) -> N {
        let input: N = .given("input tokens", workload.inputTokens, "tokens")
        let each = workload.kvCache(tokens: input + output / 2).named(
            "KV cache of a running sequence, on average", "GiB")
        return .minimum(1, running * each / fit.kvBudget)
    }

    /// What a replica shows while a number of requests runs beside others; where the spec measured something, that.
    func measured(_ spec: MeasuredSpec) -> ReplicaFigures<N> {
        let running: N = .given("sequences at once", spec.concurrency, "sequences")
        let pace = spec.timePerOutputToken.map { .given("time per output token", $0, "s") } ?? perOutputToken(running)
        return ReplicaFigures(
            requestsPerSecond: spec.requestsPerSecond.map { .given("rate of a replica", $0, "requests/s") }
                ?? (running / (output * pace)).named("rate of a replica", "requests/s"),
            sequences: running, perOutputToken: pace,
            firstToken: spec.timeToFirstToken.map { .given("time to first token", $0, "s") } ?? firstToken(running),
            kvShare: spec.kvCacheShare.map { .given("share of the KV cache", $0, "ratio") } ?? kvShare(running))
    }
}

/// What a replica shows under the load that it sustains.
struct ReplicaFigures<N: Arithmetic>: Sendable {
    /// Requests per second.
    let requestsPerSecond: N
    /// Requests in the replica, on average.
    let sequences: N
    /// Seconds per output token.
    let perOutputToken: N
    /// Seconds to the first token.
    let firstToken: N
    /// Share of the KV cache in use.
    let kvShare: N
}

/// A replica under a rate of random arrivals: how long requests wait, and beside how many others they run.
struct ReplicaLoad<N: Arithmetic>: Sendable {
    let replica: ReplicaModel<N>
    let state: QueueState<N>
    let most: N
    let targets: TargetShares<N>
    /// Requests that run beside a new one, in all but the share of cases that may miss the target: for the first token, and for each further.
    let others: (firstToken: N, perOutputToken: N)

    /// Seconds to the first token that the asked share of requests stays under.
    var firstToken: N {
        (state.wait(percentile: targets.firstToken) + replica.firstToken(running(others.firstToken)))
            .named("time to first token", "s")
    }

    var figures: ReplicaFigures<N> {
        ReplicaFigures(
            requestsPerSecond: state.arrivals,
            sequences: .minimum(most, .maximum(1, state.present.roundedDown)),
            perOutputToken: replica.perOutputToken(running(others.perOutputToken)), firstToken: firstToken,
            kvShare: replica.kvShare(state.running))
    }

    /// The sequences that run when a request joins others, at most all.
    private func running(_ others: N) -> N {
        N.minimum(others + 1, most).named("sequences that run, a new one included", "sequences")
    }
}

/// The shares of requests that must keep their targets.
struct TargetShares<N: Arithmetic>: Sendable {
    let firstToken: N
    let perOutputToken: N
}

extension TargetShares {
    /// The shares of a spec; without a target, what is planned is the usual percentile.
    init(_ objectives: LatencyObjectives) {
        func share(_ target: LatencyTarget?) -> N {
            target.map { .given("percentile", $0.percentile, "%") / 100 } ?? .given(Defaults.percentile)
        }
        firstToken = share(objectives.firstToken)
        perOutputToken = share(objectives.perOutputToken)
    }
}
