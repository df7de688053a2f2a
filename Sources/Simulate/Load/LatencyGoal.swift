/// A latency that a share of the requests must not exceed.
package struct LatencyGoal: Sendable, Hashable {
    package let seconds: Double
    /// The share of requests, as a ratio.
    package let share: Double

    package init(seconds: Double, share: Double) {
        self.seconds = seconds
        self.share = share
    }
}
