/// The outcome of a simulation.
package struct ReplayResult: Sendable {
    /// What was measured at the end of a step of the timeline.
    package struct Sample: Sendable {
        /// A model in it.
        package struct Model: Sendable {
            /// Requests per second that arrived in the step.
            package var rate = 0.0
            package var running = 0
            package var waiting = 0
            package var wanted = 0
            package var ready = 0
            /// Seconds to the first token, or to the end without tokens, at the goal's share of the requests that started in the step.
            package var ttft: Double?
        }

        package let time: VirtualTime
        package var models: [Model]
        /// The nodes of each pool, in the order of `pools`.
        package var nodes: [Int]
        /// Dollars per hour.
        package var dollars: Double
    }

    /// A model over the whole simulation.
    package struct Model: Sendable {
        package let name: String
        package let latency: LatencyKind
        package let tally: ModelTally
        package let leastReady: Int
        package let mostReady: Int
        package let meanReady: Double
        package let mostWaiting: Int
        package let scaleOuts: Int
        package let scaleIns: Int
        /// Replicas removed and added again within ten minutes.
        package let flaps: Int
        /// Minutes in which fewer requests than the goal asks were in time.
        package let missedMinutes: Int
        /// Minutes from the first to the last minute that missed, with at most ten good ones in between, of the longest such time.
        package let longestMiss: Int
    }

    package let models: [Model]
    package let pools: [String]
    package let samples: [Sample]
    package let entries: [ReplayEntry]
    /// Milliseconds.
    package let duration: Int
    package let dollars: Double
    package let gpuHours: Double
    package let leastNodes: Int
    package let mostNodes: Int
    /// Who took the place of whom, and how often.
    package let preemptions: [Preempted]
    package let reconciles: Int
    /// The alerts that read what is not simulated; nil if none were evaluated.
    package let alertsLeftOut: [String]?
    /// The series that were scraped; nil if no alerts were evaluated.
    package let series: SeriesStore?

    /// Pods of one workload that ended for another.
    package struct Preempted: Sendable {
        package let taker: String
        package let victim: String
        /// The models of both, and when it happened first.
        package let models: (taker: String?, victim: String?)
        package let first: VirtualTime
        package var count: Int
    }
}
