/// A replica of a shape with the margins of its promises: what the operating point is solved on.
struct ReplicaModel {
    private let workload: Workload
    private let time: StepTime
    private let targets: LatencyTargets
    private let paceMargin: Double
    private let startMargin: Double
    /// Between the predicted and the promised rate of requests.
    private let rateMargin: Double

    init(_ workload: Workload, _ accelerator: Accelerator, tensorParallel: Int, _ targets: LatencyTargets) {
        self.workload = workload
        self.targets = targets
        time = StepTime(workload, on: accelerator, tensorParallel: tensorParallel)
        paceMargin = Compiler.paceMargin(workload, accelerator.gpu).value
        startMargin = Compiler.startMargin(workload, accelerator.gpu).value
        rateMargin = max(paceMargin, accelerator.gpu.derate)
    }

    /// Promised seconds per output token while a number of sequences runs.
    func perOutputToken(_ sequences: Int) -> Double { time.perOutputToken(Double(sequences)) * paceMargin }

    /// Promised seconds to the first token of a request that joins others, so that a number of sequences runs.
    func firstToken(_ sequences: Int) -> Double { time.firstToken(Double(sequences)) * startMargin }

    /// Whether a number of sequences may run at once.
    func keepsPace(_ sequences: Int) -> Bool { perOutputToken(sequences) <= targets.perOutputToken ?? .infinity }

    /// Solves the operating point.
    func solved(_ fit: MemoryFit) -> Capability {
        let held = Int(min(Thresholds.mostSequences.value, fit.sequences))
        let most = last(in: 1...held, where: keepsPace)
        let queue = ReplicaQueue(atMost: most, gap: gap)
        let limit = Thresholds.saturation.value * queue.capacity
        let full = load(queue, limit)
        let load = full.firstToken <= slowestStart ? full : highestLoad(queue, below: limit)
        let (rate, state) = (load.state.arrivals, load.state)
        let beside = queue.running(state, percentile: targets.perOutputTokenPercentile)
        return Capability(
            fit: fit, mostSequences: most, requestsPerSecond: rate, sequences: min(most, max(1, Int(state.present))),
            perOutputToken: perOutputToken(beside), firstToken: load.firstToken,
            kvShare: kvShare(state.running, fit), bottleneck: rate < limit ? .queue : bottleneck(most, held, fit))
    }

    /// The operating point that the spec measured, with the model's figures for what it did not.
    func measured(_ spec: MeasuredSpec, _ fit: MemoryFit) -> Capability {
        let running = spec.concurrency.value
        let pace = spec.timePerOutputToken?.value ?? perOutputToken(running)
        return Capability(
            fit: fit, mostSequences: running,
            requestsPerSecond: spec.requestsPerSecond?.value
                ?? Double(running) / (Double(workload.outputTokens.value) * pace),
            sequences: running, perOutputToken: pace,
            firstToken: spec.timeToFirstToken?.value ?? firstToken(running),
            kvShare: spec.kvCacheShare?.value ?? kvShare(Double(running), fit), bottleneck: .measured)
    }

    /// Seconds from one departure to the next while a number of sequences runs.
    private func gap(_ sequences: Double) -> Double {
        Double(workload.outputTokens.value) * time.perOutputToken(sequences) * rateMargin / sequences
    }

    /// A replica under some rate of requests.
    private struct Load {
        let state: QueueState
        /// Seconds to the first token that the asked share of requests stays under.
        let firstToken: Double
    }

    /// Puts a rate of requests on a replica: each waits for a place, and then for its prompt.
    private func load(_ queue: ReplicaQueue, _ rate: Double) -> Load {
        let state = queue.state(arrivals: rate)
        let share = targets.firstTokenPercentile
        let own = firstToken(queue.running(state, percentile: share))
        return Load(state: state, firstToken: state.wait(percentile: share) + own)
    }

    private var slowestStart: Double { targets.firstToken ?? .infinity }

    /// Finds the highest rate at which the first token comes in time.
    private func highestLoad(_ queue: ReplicaQueue, below limit: Double) -> Load {
        var (low, high) = (load(queue, 0), limit)
        // A thousandth is far inside the margin.
        while high - low.state.arrivals > high * 1e-3 {
            let middle = load(queue, (low.state.arrivals + high) / 2)
            if middle.firstToken <= slowestStart { low = middle } else { high = middle.state.arrivals }
        }
        return low
    }

    private func kvShare(_ running: Double, _ fit: MemoryFit) -> Double {
        let tokens = Double(workload.inputTokens.value) + Double(workload.outputTokens.value) / 2
        return min(1, running * workload.kvCache(tokens: tokens) / fit.kvBudget)
    }

    private func bottleneck(_ most: Int, _ held: Int, _ fit: MemoryFit) -> Capability.Bottleneck {
        if most == held { return fit.sequences < Thresholds.mostSequences.value ? .memory : .sequenceLimit }
        let next = Double(most + 1)
        let (bandwidth, compute) = (time.bandwidth(next), time.compute(next))
        if time.perOutputToken(next) - bandwidth - compute > max(bandwidth, compute) { return .kernels }
        return bandwidth >= compute ? .bandwidth : .compute
    }
}

/// The last number of a range for which something holds; it holds for the first, and once it fails it fails for all later ones.
private func last(in range: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
        let middle = (low + high + 1) / 2
        if holds(middle) { low = middle } else { high = middle - 1 }
    }
    return low
}
