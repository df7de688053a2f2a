import Simulate

/// What a surge of one model does to its cluster, and what it takes to hold it.
struct ModelSurge: Sendable {
    /// What it takes to hold a surge.
    enum Remedy: Sendable {
        /// The objectives hold as it is.
        case notNeeded
        /// A change of the spec, and what holds with it; the costs are per month, with their differences.
        case change(words: String, SurgeMinutes, expected: Cost, worst: Cost)
        /// No number of replicas that is always ready is enough, or can be planned.
        case none(reason: String)
    }

    /// Dollars per month, and how many of them are additional.
    struct Cost: Sendable {
        let total: Double
        let more: Double
    }

    let name: String
    let scenario: LoadScenario
    let result: ReplayResult
    let place: Int
    /// Requests per second.
    let steady: Double
    let peak: Double
    /// The least number of replicas of each model, as planned.
    let minimums: [String: Int]
    /// Dollars more than in the same time at steady load.
    let extra: Double
    let remedy: Remedy

    var model: ReplayResult.Model { result.models[place] }
    var minutes: SurgeMinutes { SurgeMinutes(model.tally, SurgeTimes.minutes) }
}

/// When a surge of the report happens.
enum SurgeTimes {
    /// Seconds from the start to the surge, of its length, and to the end.
    static let (start, length, end) = (600.0, 1800.0, 4800.0)
    /// The minutes from the start of the rise to the end of the peak.
    static let minutes = 10..<41
    /// Seconds after which these minutes, and the requests in them, are over.
    static let judged = 3000.0
}

/// What surges do to a cluster.
package struct SurgeStudy: Sendable {
    let name: String
    let seed: UInt64
    let surges: [ModelSurge]
    /// The models whose load does not rise.
    let even: [String]
}
