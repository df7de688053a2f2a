import Diagnostics
import Groundwork

/// A replica's operating point as the user measured it.
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
    /// Seconds, of a model that generates no tokens.
    package let endToEndLatency: Traced<Double>?
    package let range: SourceRange

    /// Whether all latencies are measured.
    package var hasLatencies: Bool { timeToFirstToken != nil && timePerOutputToken != nil || endToEndLatency != nil }
}

extension MeasuredSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        concurrency = fields.required(
            "concurrency", .count(1...10_000, 64), "sequences that one replica runs concurrently within the SLA")
        requestsPerSecond = fields.optional(
            "requestsPerSecond", .rate, "requests/s that one replica serves at that concurrency; default: computed")
        kvCacheShare = fields.optional(
            "kvCacheShare", .percentage(0.001...1, "0.1% to 100%").example("80%"),
            "share of the KV cache in use at that concurrency; default: computed")
        timeToFirstToken = fields.optional(
            "timeToFirstToken", .duration(0.001...2560, "1ms to 2560s").example("900ms"),
            "mean at that concurrency; default: computed")
        timePerOutputToken = fields.optional(
            "timePerOutputToken", .duration(0.001...80, "1ms to 80s").example("40ms"),
            "mean at that concurrency; default: computed")
        endToEndLatency = fields.optional(
            "endToEndLatency", .duration(0.001...7680, "1ms to 7680s").example("120ms"),
            "mean at that concurrency, of a model that embeds or reranks; default: computed")
    }
}
