import Diagnostics
import Groundwork

/// The load of a model.
package struct TrafficSpec: Sendable {
    /// Requests per second at steady load.
    package internal(set) var steady: Traced<Double>
    /// Requests per second at peak load.
    package internal(set) var peak: Traced<Double>
    /// Tokens of a prompt, on average.
    package let inputTokens: Traced<Int>
    /// Tokens of a completion, on average.
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
                (rates.required("steady", .rate, "steady load"), rates.required("peak", .rate, "peak load"))
            }, "requests per second, to all replicas together")
        (inputTokens, outputTokens) = fields.required(
            "tokens",
            { tokens in
                (
                    tokens.required("input", .tokens, "mean length of a prompt"),
                    tokens.required("output", .tokens.example("300", "1k"), "mean length of a completion")
                )
            }, "length of requests in tokens")
        prefixHitRate = fields.optional(
            "prefixHitRate", .percentage(0...0.99, "0% to 99%").example("40%"),
            "share of prompt tokens found in the prefix cache; default: 0%")
        ramp = fields.optional(
            "ramp", .duration(1...86_400, "1s to 24h").example("10m"),
            "time in which the load grows from steady to peak; default: 30m"
        )
    }
}
