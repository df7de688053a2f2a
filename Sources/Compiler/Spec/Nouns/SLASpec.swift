import Diagnostics

/// What a model promises its users.
package struct SLASpec: Sendable {
    package let timeToFirstToken: LatencyTarget?
    package let timePerOutputToken: LatencyTarget?
    /// A ratio: 99.9% is 0.999.
    package let availability: Traced<Double>?
    package let range: SourceRange
}

/// A latency that a share of the requests stays under.
package struct LatencyTarget: Sendable {
    /// 50, 90, 95 or 99.
    package let percentile: Traced<Int>
    package let seconds: Traced<Double>
    package let range: SourceRange
}
