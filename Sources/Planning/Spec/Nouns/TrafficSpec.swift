import Diagnostics
import Groundwork

/// The load that a model has to carry.
package struct TrafficSpec: Sendable {
    /// Requests per second, usually.
    package internal(set) var steady: Traced<Double>
    /// Requests per second, at most.
    package internal(set) var peak: Traced<Double>
    /// Tokens of a prompt, on average.
    package let inputTokens: Traced<Int>
    /// Tokens of an answer, on average.
    package let outputTokens: Traced<Int>
    /// The share of prompt tokens found in the prefix cache.
    package let prefixHitRate: Traced<Double>?
    /// Seconds in which it grows from steady to peak.
    package let ramp: Traced<Double>?
    package let range: SourceRange
}

extension TrafficSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        (steady, peak) = fields.required(
            "requestsPerSecond",
            { rates in
                (rates.required("steady", .rate, "as usual"), rates.required("peak", .rate, "at the busiest"))
            }, "requests per second, to all replicas together")
        (inputTokens, outputTokens) = fields.required(
            "tokens",
            { tokens in
                (
                    tokens.required("input", .tokens, "of a prompt, on average"),
                    tokens.required("output", .tokens, "of an answer, on average")
                )
            }, "how long requests are")
        prefixHitRate = fields.optional(
            "prefixHitRate", .percentage(0...0.99, "0% to 99%"), "the share of prompt tokens found in the prefix cache")
        ramp = fields.optional(
            "ramp", .duration(1...86_400, "1s to 24h"), "the time in which it grows from steady to peak; absent: 30m")
    }
}
