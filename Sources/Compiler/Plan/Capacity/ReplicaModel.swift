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
        let queue = ReplicaQueue(atMost: most, departures: departures)
        let limit = Thresholds.saturation.value * queue.capacity
        let rate = startsInTime(queue, limit) ? limit : highestRate(queue, below: limit)
        let state = queue.state(arrivals: rate)
        let beside = queue.running(state, percentile: targets.perOutputTokenPercentile)
        return Capability(
            fit: fit, mostSequences: most, requestsPerSecond: rate, sequences: min(most, max(1, Int(state.present))),
            perOutputToken: perOutputToken(beside), firstToken: firstToken(queue, rate),
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

    /// Requests per second that leave while a number of sequences runs.
    private func departures(_ sequences: Double) -> Double {
        sequences / (Double(workload.outputTokens.value) * time.perOutputToken(sequences) * rateMargin)
    }

    /// Seconds to the first token that the asked share of requests stays under: a place, and then the prompt.
    private func firstToken(_ queue: ReplicaQueue, _ rate: Double) -> Double {
        let state = queue.state(arrivals: rate)
        let share = targets.firstTokenPercentile
        return state.wait(percentile: share) + firstToken(queue.running(state, percentile: share))
    }

    private func startsInTime(_ queue: ReplicaQueue, _ rate: Double) -> Bool {
        firstToken(queue, rate) <= targets.firstToken ?? .infinity
    }

    private func highestRate(_ queue: ReplicaQueue, below limit: Double) -> Double {
        var (low, high) = (0.0, limit)
        // A thousandth is far inside the margin.
        while high - low > high * 1e-3 {
            let middle = (low + high) / 2
            if startsInTime(queue, middle) { low = middle } else { high = middle }
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
