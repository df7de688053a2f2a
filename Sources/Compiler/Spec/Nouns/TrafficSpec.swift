import Diagnostics

/// The load that a model has to carry.
package struct TrafficSpec: Sendable {
    /// Requests per second, usually.
    package let steady: Traced<Double>
    /// Requests per second, at most.
    package let peak: Traced<Double>
    /// Tokens of a prompt, on average.
    package let inputTokens: Traced<Int>
    /// Tokens of an answer, on average.
    package let outputTokens: Traced<Int>
    /// The share of prompt tokens found in the prefix cache.
    package let prefixHitRate: Traced<Double>?
    package let range: SourceRange
}
