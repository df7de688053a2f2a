import Diagnostics
import Groundwork

/// What a model promises its users.
package struct SLASpec: Sendable {
    package internal(set) var timeToFirstToken: LatencyTarget?
    package internal(set) var timePerOutputToken: LatencyTarget?
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

extension SLASpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        timeToFirstToken = fields.latency(
            "timeToFirstToken", 0.001...2560, "1ms to 2560s", "from request to first token")
        timePerOutputToken = fields.latency(
            "timePerOutputToken", 0.001...80, "1ms to 80s", "between one token and the next")
        availability = fields.optional(
            "availability", .percentage(0.5...0.99999, "50% to 99.999%"), "the share of requests that are answered")
    }
}

extension LatencyTarget {
    static let percentiles = [50, 90, 95, 99]
}

extension FieldReader {
    /// Reads `{p95: 1s}`.
    fileprivate mutating func latency(
        _ key: String, _ limits: ClosedRange<Double>, _ shown: String, _ meaning: String
    ) -> LatencyTarget? {
        optional(
            key,
            { fields -> LatencyTarget? in
                let targets = LatencyTarget.percentiles.compactMap { percentile in
                    let place = fields.keyRange("p\(percentile)")
                    return fields.optional(
                        "p\(percentile)", .duration(limits, shown), "what \(percentile)% of the requests stay under"
                    ).map {
                        LatencyTarget(
                            percentile: Traced(percentile, place.map(Origin.written) ?? $0.origin), seconds: $0,
                            range: fields.range)
                    }
                }
                fields.requireOne(key)
                return targets.first
            }, meaning
        ).flatMap { $0 }
    }

    /// Reports any number of targets but one.
    private mutating func requireOne(_ key: String) {
        recordSingleKey()
        let count = LatencyTarget.percentiles.count { entryExists("p\($0)") }
        guard mode == .reading, count != 1 else { return }
        let message = count == 0 ? "`\(key)` names no percentile" : "`\(key)` names \(count) percentiles"
        report.error(
            count == 0 ? "missing-key" : "several-percentiles", message, at: range,
            help: ["name one, such as `\(key): {p95: 1s}`"])
    }
}
