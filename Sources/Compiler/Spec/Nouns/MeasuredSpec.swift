import Diagnostics

/// A replica's operating point as its owner measured it.
package struct MeasuredSpec: Sendable {
    /// Sequences that run at once while the SLA holds.
    package let concurrency: Traced<Int>
    package let requestsPerSecond: Traced<Double>?
    /// The share of the KV cache in use, as a ratio.
    package let kvCacheShare: Traced<Double>?
    /// Seconds.
    package let timeToFirstToken: Traced<Double>?
    /// Seconds.
    package let timePerOutputToken: Traced<Double>?
    package let range: SourceRange
}
