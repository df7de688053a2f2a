import Simulate

/// The requests of a model that arrive while its load is at peak.
struct SurgeMinutes: Sendable {
    /// The share of the requests that meet the objective of the first token, or of the whole answer; nil without one.
    let answer: Double?
    /// The share of the completed requests that meet the objective of the time per output token; nil without one.
    let tpot: Double?
    /// Whether both objectives hold.
    let isHeld: Bool

    /// Counts some minutes of a simulation.
    init(_ tally: ModelTally, _ minutes: Range<Int>) {
        let own = tally.minutes[minutes.clamped(to: tally.minutes.indices)]
        func share(_ goal: LatencyGoal?, _ count: (ModelTally.Minute) -> UInt32, _ all: (ModelTally.Minute) -> UInt32)
            -> Double?
        {
            let sum = own.reduce(0) { $0 + Double(all($1)) }
            guard goal != nil, sum > 0 else { return nil }
            return own.reduce(0) { $0 + Double(count($1)) } / sum
        }
        answer = share(tally.ttft, \.inTime, \.arrived)
        tpot = share(tally.tpot, \.tokensInTime, \.completed)
        func holds(_ goal: LatencyGoal?, _ share: Double?) -> Bool {
            guard let goal, let share else { return true }
            return share >= goal.share
        }
        isHeld = holds(tally.ttft, answer) && holds(tally.tpot, tpot)
    }
}
