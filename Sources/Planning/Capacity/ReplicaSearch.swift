import Groundwork

/// The search for what a replica sustains, in plain numbers.
struct ReplicaSearch {
    let replica: ReplicaModel<Double>
    let targets: LatencyTargets

    /// The limits that a number of concurrent sequences exceeds.
    func broken(at sequences: Int) -> [ReplicaLimit<Double>] {
        replica.limits(at: Double(sequences), target: targets.tpot).filter { !$0.holds }
    }

    /// Solves the operating point.
    var capability: Capability {
        let most = last(in: 1...Int(replica.mostSequences.value)) { broken(at: $0).isEmpty }
        let queue = ReplicaQueue<Double>(atMost: most, replica.gap)
        let limit = queue.sustainedLimit
        let full = load(queue, limit, most)
        let (load, beyond) = isInTime(full) ? (full, limit * 1.001) : highestLoad(queue, below: limit, most)
        let figures = load.figures
        let rate = figures.requestsPerSecond
        return Capability(
            fit: replica.fit, mostSequences: most, requestsPerSecond: rate, rateBeyond: beyond,
            sequences: Int(figures.sequences), tpot: figures.tpot, answer: figures.answer,
            kvShare: figures.kvShare, bottleneck: rate < limit ? .queue : bottleneck(beyond: most))
    }

    /// Whether answers begin in time under a load.
    private func isInTime(_ load: ReplicaLoad<Double>) -> Bool {
        targets.answer.map { load.answerLimit($0).holds } ?? true
    }

    /// Applies a request rate to a replica: each request waits in the queue, and then for its prefill.
    private func load(_ queue: ReplicaQueue<Double>, _ rate: Double, _ most: Int) -> ReplicaLoad<Double> {
        let state = queue.state(arrivals: rate)
        let shares = TargetShares(
            answer: targets.answerPercentile, tpot: targets.tpotPercentile)
        let others = queue.others(state, percentile: shares.answer)
        return ReplicaLoad(
            replica: replica, state: state, most: Double(most), targets: shares,
            others: (
                others,
                shares.tpot == shares.answer
                    ? others : queue.others(state, percentile: shares.tpot)
            ))
    }

    /// Finds the highest rate at which answers begin in time, and the next one, which is too high.
    private func highestLoad(_ queue: ReplicaQueue<Double>, below limit: Double, _ most: Int)
        -> (ReplicaLoad<Double>, beyond: Double)
    {
        var (low, high) = (load(queue, 0, most), limit)
        // 0.1% is far inside the margin.
        while high - low.state.arrivals > high * 1e-3 {
            let mid = load(queue, (low.state.arrivals + high) / 2, most)
            if isInTime(mid) { low = mid } else { high = mid.state.arrivals }
        }
        return (low, high)
    }

    /// The limit that one more sequence would exceed.
    private func bottleneck(beyond most: Int) -> Capability.Bottleneck {
        switch broken(at: most + 1).first?.kind {
        case .sequences: .sequenceLimit
        case .memory: .memory
        case .step: .prompts
        case .tpot, .answer, nil: replica.time.steps?.largestPart(Double(most + 1)) ?? .prompts
        }
    }
}

/// The last number of a range for which a condition holds; it holds for the first, and once it fails it fails for all later ones.
private func last(in range: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
        let mid = (low + high + 1) / 2
        if holds(mid) { low = mid } else { high = mid - 1 }
    }
    return low
}
