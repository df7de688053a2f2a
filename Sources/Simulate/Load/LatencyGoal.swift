/// Which latency of a model's answers an objective is about.
package enum LatencyKind: Sendable, Hashable {
    case timeToFirstToken
    /// That of a model which generates no tokens.
    case endToEnd
}

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
