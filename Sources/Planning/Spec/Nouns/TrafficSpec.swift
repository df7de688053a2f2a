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
    /// Tokens of a completion, on average; nil for a model that generates none.
    package let outputTokens: Traced<Int>?
    /// The images of requests; nil means none.
    package let images: ImagesOfRequests?
    /// The share of prompt tokens found in the prefix cache.
    package let prefixHitRate: Traced<Double>?
    /// Seconds in which it grows from steady to peak.
    package let ramp: Traced<Double>?
    package let range: SourceRange
}

extension TrafficSpec {
    /// Reads the load of a model with a task.
    init(_ fields: inout FieldReader, task: ModelTask) {
        range = fields.range
        (steady, peak) = fields.required(
            "requestsPerSecond",
            { rates in
                (rates.required("steady", .rate, "steady load"), rates.required("peak", .rate, "peak load"))
            },
            "requests per second, to all replicas together; of a model that embeds or reranks, texts or documents per second"
        )
        (inputTokens, outputTokens) = fields.required(
            "tokens",
            { tokens in
                let input = tokens.required(
                    "input", .tokens,
                    "mean length of a prompt without images, of a text to embed, or of a query with a document")
                return (input, tokens.output(task))
            }, "length of requests in tokens")
        images = fields.optional(
            "images", ImagesOfRequests.init(_:), "images of requests to a model that takes them; default: none")
        prefixHitRate = fields.optional(
            "prefixHitRate", .percentage(0...0.99, "0% to 99%").example("40%"),
            "share of prompt tokens found in the prefix cache; default: 0%")
        ramp = fields.optional(
            "ramp", .duration(1...86_400, "1s to 24h").example("10m"),
            "time in which the load grows from steady to peak; default: 30m"
        )
    }
}

extension FieldReader {
    /// Reads the length of completions, which a model has that generates text.
    fileprivate mutating func output(_ task: ModelTask) -> Traced<Int>? {
        let type: FieldType<Int> = .tokens.example("300", "1k")
        let meaning = "mean length of a completion"
        let written = optional("output", type, meaning + "; required unless `task` is `embed` or `rerank`")
        guard task.generates, written == nil else { return written }
        reportAbsence("output", type, meaning)
        return Traced(type.placeholder, .written(range))
    }
}
