/// The search for what a replica sustains, in plain numbers.
struct ReplicaSearch {
    let replica: ReplicaModel<Double>
    let targets: LatencyTargets

    private var fit: MemoryFit<Double> { replica.fit }

    /// Whether a number of sequences may run at once.
    func keepsPace(_ sequences: Int) -> Bool {
        replica.perOutputToken(Double(sequences)) <= targets.perOutputToken ?? .infinity
    }

    /// Solves the operating point.
    var capability: Capability {
        let held = Int(min(Thresholds.mostSequences.value, fit.sequences))
        let most = last(in: 1...held, where: keepsPace)
        let queue = ReplicaQueue<Double>(atMost: most, replica.gap)
        let limit = Thresholds.saturation.value * queue.capacity
        let full = load(queue, limit, most)
        let isInTime = full.firstToken <= slowestStart
        let (load, beyond) = isInTime ? (full, limit * 1.001) : highestLoad(queue, below: limit, most)
        let figures = load.figures
        let rate = figures.requestsPerSecond
        return Capability(
            fit: fit, mostSequences: most, requestsPerSecond: rate, rateBeyond: beyond,
            sequences: Int(figures.sequences), perOutputToken: figures.perOutputToken, firstToken: figures.firstToken,
            kvShare: figures.kvShare, bottleneck: rate < limit ? .queue : bottleneck(most, held))
    }

    private var slowestStart: Double { targets.firstToken ?? .infinity }

    /// Puts a rate of requests on a replica: each waits for a place, and then for its prompt.
    private func load(_ queue: ReplicaQueue<Double>, _ rate: Double, _ most: Int) -> ReplicaLoad<Double> {
        let state = queue.state(arrivals: rate)
        let shares = TargetShares(
            firstToken: targets.firstTokenPercentile, perOutputToken: targets.perOutputTokenPercentile)
        let others = queue.others(state, percentile: shares.firstToken)
        return ReplicaLoad(
            replica: replica, state: state, most: Double(most), targets: shares,
            others: (
                others,
                shares.perOutputToken == shares.firstToken
                    ? others : queue.others(state, percentile: shares.perOutputToken)
            ))
    }

    /// Finds the highest rate at which the first token comes in time, and the next one that is too high.
    private func highestLoad(_ queue: ReplicaQueue<Double>, below limit: Double, _ most: Int)
        -> (ReplicaLoad<Double>, beyond: Double)
    {
        var (low, high) = (load(queue, 0, most), limit)
        // A thousandth is far inside the margin.
        while high - low.state.arrivals > high * 1e-3 {
            let middle = load(queue, (low.state.arrivals + high) / 2, most)
            if middle.firstToken <= slowestStart { low = middle } else { high = middle.state.arrivals }
        }
        return (low, high)
    }

    private func bottleneck(_ most: Int, _ held: Int) -> Capability.Bottleneck {
        if most == held { return fit.sequences < Thresholds.mostSequences.value ? .memory : .sequenceLimit }
        let (time, next) = (replica.time, Double(most + 1))
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
