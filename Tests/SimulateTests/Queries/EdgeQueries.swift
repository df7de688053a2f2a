import Foundation
import Simulate

/// Queries over a few series made by hand, at the edges of what Prometheus defines.
enum EdgeQueries {
    /// Queries for whose selectors series are made at random too.
    static let patterns = [
        "requests_total{job=\"a\"}", "load{job=\"a\"}", "latency_bucket{job=\"a\"}", "load{job=\"b\"}",
        "requests_total{job=\"b\", code=~\"500|503\"}",
    ]

    /// A series with a sample each minute from the start.
    private static func each(_ labels: [String: String], _ values: [Double?], step: Int = 60_000) -> RandomSeries {
        var series = RandomSeries(labels: labels)
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            series.samples.append(SeriesSample(time: RandomSeries.start + index * step, value: value))
        }
        return series
    }

    private static func many(_ value: Double) -> [Double] { Array(repeating: value, count: 51) }
    private static let counted = (0...50).map { Double($0) * 2 }

    static let series: [RandomSeries] = [
        each(["__name__": "up", "pod": "a", "node": "x"], many(1)),
        each(["__name__": "up", "pod": "b", "node": "y"], many(0)),
        each(["__name__": "up", "pod": "c", "node": "x"], Array(many(1).prefix(29)) + [.staleMarker]),
        each(["__name__": "up", "pod": "d"], Array(many(1).prefix(26))),
        each(["__name__": "node_info", "node": "x", "zone": "1"], many(1)),
        each(["__name__": "node_info", "node": "y", "zone": "2"], many(1)),
        each(["__name__": "odd", "pod": "nan"], many(.nan)),
        each(["__name__": "odd", "pod": "inf"], many(.infinity)),
        each(["__name__": "odd", "pod": "minus"], many(-.infinity)),
        each(["__name__": "odd", "pod": "zero"], many(0)),
        each(["__name__": "odd", "pod": "less"], many(-2.5)),
        each(["__name__": "slow_total", "pod": "a"], counted),
        // A counter that begins late, not at zero, and one that is reset.
        each(
            ["__name__": "slow_total", "pod": "late"], Array(repeating: nil, count: 28) + [1, 40, 90, 100, 130, 160]),
        each(["__name__": "slow_total", "pod": "reset"], (0...50).map { Double($0 % 7) * 3 }),
        each(["__name__": "slow_total", "pod": "one"], Array(repeating: nil, count: 30) + [5]),
        each(["__name__": "fast_total", "pod": "a"], (0...220).map { Double($0 * $0) / 3 }, step: 13_000),
        each(["__name__": "times"], (0...50).map { 1_700_000_000 + Double($0) * 86_400 * 11.3 }),
        each(["__name__": "h_bucket", "le": "1", "pod": "a"], many(10)),
        each(["__name__": "h_bucket", "le": "2", "pod": "a"], many(8)),
        each(["__name__": "h_bucket", "le": "4.0", "pod": "a"], many(30)),
        each(["__name__": "h_bucket", "le": "+Inf", "pod": "a"], many(40)),
        each(["__name__": "h_bucket", "le": "1", "pod": "cut"], many(10)),
        each(["__name__": "h_bucket", "le": "2", "pod": "cut"], many(12)),
        each(["__name__": "h_bucket", "le": "+Inf", "pod": "alone"], many(12)),
        each(["__name__": "h_bucket", "le": "-1", "pod": "negative"], many(5)),
        each(["__name__": "h_bucket", "le": "+Inf", "pod": "negative"], many(12)),
        each(["__name__": "h_bucket", "le": "1", "pod": "empty"], many(0)),
        each(["__name__": "h_bucket", "le": "+Inf", "pod": "empty"], many(0)),
        each(["__name__": "h_bucket", "le": "bad", "pod": "bad"], many(0)),
    ]

    /// The lines of `edges.promql`.
    static let all: [String] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Prometheus/edges.promql")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }()
}
