/// How long a model takes to recover from an event.
package enum Recovery: Sendable, Hashable {
    /// It met its objectives all the time, and lost no replica.
    case unaffected
    /// Seconds from the event to the first of ten minutes in a row in which its objectives hold and the wanted replicas are ready.
    case after(seconds: Double)
    /// There were no such ten minutes before the end.
    case never
}

extension ReplayResult {
    /// How long a model takes to recover from an event at a time in seconds.
    package func recovery(of place: Int, from event: Double) -> Recovery {
        let tally = models[place].tally
        let (first, last) = (Int(event / 60), min(tally.minutes.count, samples.count - 1))
        guard first >= 0, first < last else { return .unaffected }
        // The sample after a minute is that at its end.
        func state(_ minute: Int) -> Sample.Model { samples[minute + 1].models[place] }
        // A sample at the time of the event already shows its effect.
        let before = samples[max(0, Int((event / 60).rounded(.up)) - 1)].models[place]
        let hasGoal = tally.ttft != nil || tally.tpot != nil
        var (good, recovered, isAffected): (Int, Int?, Bool) = (0, nil, false)
        for minute in first..<last {
            let (isInTime, state) = (tally.holds(from: minute), state(minute))
            let isComplete = state.ready >= state.wanted
            good = isInTime && isComplete ? good + 1 : 0
            let hasLost = state.ready < before.ready && state.wanted >= before.wanted
            if !isInTime || (!isComplete && (hasLost || !hasGoal)) { isAffected = true }
            if good == 10 {
                recovered = minute - 9
                break
            }
        }
        guard isAffected else { return .unaffected }
        return recovered.map { .after(seconds: Double($0 * 60) - event) } ?? .never
    }
}

extension ModelTally {
    /// Whether the objectives hold for the requests of a minute, and for those of the next minutes too if it has few.
    func holds(from minute: Int) -> Bool {
        let share = max(ttft?.share ?? 0, tpot?.share ?? 0)
        let enough = max(20, share < 1 ? Int((1 / (1 - share) - 1e-6).rounded(.up)) : 20)
        var sum = Minute()
        for own in minutes[minute...] {
            sum.arrived += own.arrived
            sum.inTime += own.inTime
            sum.completed += own.completed
            sum.tokensInTime += own.tokensInTime
            if Int(sum.arrived) >= enough { break }
        }
        return holds(ttft, sum.inTime, of: sum.arrived) && holds(tpot, sum.tokensInTime, of: sum.completed)
    }

    private func holds(_ goal: LatencyGoal?, _ count: UInt32, of all: UInt32) -> Bool {
        goal.map { Double(count) >= $0.share * Double(all) } ?? true
    }
}
