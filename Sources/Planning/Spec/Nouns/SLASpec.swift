import Diagnostics
import Groundwork

/// The objectives of a model.
package struct SLASpec: Sendable {
    package internal(set) var ttft: LatencySetting
    package internal(set) var tpot: LatencySetting
    /// The end-to-end latency of a model that generates no tokens.
    package internal(set) var endToEnd: LatencySetting
    /// A ratio: 99.9% is 0.999.
    package let availability: Traced<Double>?
    package let range: SourceRange
}

/// What a spec says about a latency.
package enum LatencySetting: Sendable {
    /// Nothing: the objective is the default of the model's class.
    case unset
    /// The model has no objective.
    case none(SourceRange?)
    case target(LatencyTarget)

    /// The target in the spec.
    package var target: LatencyTarget? { if case .target(let target) = self { target } else { nil } }
}

extension SLASpec {
    /// The target of the time to first token, where the spec sets one.
    package var timeToFirstToken: LatencyTarget? { ttft.target }
    /// The target of the time per output token, where the spec sets one.
    package var timePerOutputToken: LatencyTarget? { tpot.target }
    /// The target of the end-to-end latency, where the spec sets one.
    package var endToEndLatency: LatencyTarget? { endToEnd.target }
}

/// A latency that a share of the requests stays under.
package struct LatencyTarget: Sendable {
    /// 50, 90, 95 or 99.
    package let percentile: Traced<Int>
    package let seconds: Traced<Double>
    /// Where the spec writes it; nil for a default.
    package let range: SourceRange?
}

extension SLASpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        ttft = fields.latency(
            "timeToFirstToken", 0.001...2560, "1ms to 2560s", example: "2500ms",
            "time to first token (TTFT), or `none`; default: the objective of the class, without alerts")
        tpot = fields.latency(
            "timePerOutputToken", 0.001...80, "1ms to 80s", example: "75ms",
            "time per output token (TPOT), or `none`; default: the objective of the class, without alerts")
        endToEnd = fields.latency(
            "endToEndLatency", 0.001...7680, "1ms to 7680s", example: "500ms",
            "end-to-end latency of a model that embeds or reranks, or `none`; default: the objective of the class, without alerts"
        )
        availability = fields.optional(
            "availability", .percentage(0.5...0.99999, "50% to 99.999%").example("99.9%"),
            "share of requests that are answered; default: no objective")
    }
}

extension LatencyTarget {
    static let percentiles = [50, 90, 95, 99]
}

extension FieldReader {
    /// Reads `{p95: 1s}` or `none`.
    fileprivate mutating func latency(
        _ key: String, _ limits: ClosedRange<Double>, _ shown: String, example: String, _ meaning: String
    ) -> LatencySetting {
        if let range = writtenWord("none", insteadOf: key) { return .none(range) }
        let target = optional(
            key,
            { fields -> LatencyTarget? in
                let targets = LatencyTarget.percentiles.compactMap { percentile in
                    let place = fields.keyRange("p\(percentile)")
                    return fields.optional(
                        "p\(percentile)", .duration(limits, shown).example(example),
                        "upper bound for \(percentile)% of the requests"
                    ).map {
                        LatencyTarget(
                            percentile: Traced(percentile, place.map(Origin.written) ?? $0.origin), seconds: $0,
                            range: fields.range)
                    }
                }
                fields.requireOne(key)
                return targets.first
            }, meaning, or: "none"
        ).flatMap { $0 }
        return target.map(LatencySetting.target) ?? .unset
    }

    /// Reports any number of targets other than one.
    private mutating func requireOne(_ key: String) {
        recordSingleKey()
        let count = LatencyTarget.percentiles.count { entryExists("p\($0)") }
        guard mode == .reading, count != 1 else { return }
        let message = count == 0 ? "`\(key)` has no percentile" : "`\(key)` has \(count) percentiles"
        report.error(
            count == 0 ? "missing-key" : "several-percentiles", message, at: range,
            help: ["set one percentile, such as `\(key): {p95: 1s}`"])
    }
}
