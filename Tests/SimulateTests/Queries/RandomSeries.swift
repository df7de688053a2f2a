import Groundwork
import Simulate
import TestTools

/// A series with samples, for Prometheus and for the evaluator.
struct RandomSeries {
    let labels: [String: String]
    var samples: [SeriesSample] = []

    /// When all of them begin: in milliseconds, a whole minute.
    static let start = 1_700_000_040_000
    static let length = 50 * 60_000
}

extension SeriesStore {
    /// The store with some series.
    init(_ series: [RandomSeries]) {
        self.init()
        for series in series {
            for sample in series.samples { append(sample.value, to: SeriesLabels(series.labels), at: sample.time) }
        }
    }
}

/// Makes series at random: counters with resets, gauges with NaN and infinity, gaps, late starts, stale markers, jitter.
struct SeriesMaker {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The series that a selector may match.
    mutating func series(for selector: Query.Selector, groupings: [String]) -> [RandomSeries] {
        var made: [RandomSeries] = []
        for index in 0..<Int.random(in: 1...3, using: &random) {
            var labels = ["__name__": selector.name ?? "unnamed", "pod": "pod-\(index)"]
            for name in groupings where name != "le" { labels[name] = random.pick(["a", "b", "c"]) }
            for matcher in selector.matchers where matcher.label != "__name__" {
                switch matcher.relation {
                case .equal: labels[matcher.label] = matcher.value
                case .matching: labels[matcher.label] = example(of: matcher.value)
                case .unequal, .unmatching: labels[matcher.label] = random.pick(["other", matcher.value])
                }
            }
            let name = selector.name ?? ""
            if name.hasSuffix("_bucket"), labels["le"] == nil || Bool.random(using: &random) {
                made += histogram(labels)
            } else {
                let endings = ["_total", "_count", "_sum", "_bucket", "VIOLATION"]
                made.append(one(labels, isCounter: endings.contains { name.hasSuffix($0) }))
            }
        }
        return made
    }

    /// A series of its own grid.
    private mutating func one(_ labels: [String: String], isCounter: Bool) -> RandomSeries {
        var value = isCounter ? Double(random.pick([0, 0, 5, 1000])) : random.pick([0, 1, 40.5])
        let step = random.pick([0, 0.3, 1, 7])
        let isRough = Bool.random(using: &random)
        var samples: [SeriesSample] = []
        for time in grid() {
            if samples.last.map({ time - $0.time > 120_000 }) == true, Bool.random(using: &random),
                let last = samples.last
            {
                samples.append(SeriesSample(time: last.time + 15_000, value: .staleMarker))
            }
            if isCounter {
                value =
                    chance(0.02)
                    ? Double(random.pick([0, 0, 3])) : value + step * Double(Int.random(in: 0...3, using: &random))
            } else {
                value += step * Double.random(in: -1...1, using: &random)
            }
            var told = value
            if isRough, chance(0.02) { told = random.pick([.nan, .infinity, -.infinity, 0]) }
            samples.append(SeriesSample(time: time, value: told))
        }
        if chance(0.3), let last = samples.last {
            samples.append(SeriesSample(time: last.time + 15_000, value: .staleMarker))
        }
        return RandomSeries(labels: labels, samples: samples)
    }

    /// The buckets of one histogram, on one grid.
    private mutating func histogram(_ labels: [String: String]) -> [RandomSeries] {
        let bounds = ["0.1", "0.5", "1", "2.5", "10", "+Inf"]
        var counts = bounds.map { _ in 0.0 }
        var made = bounds.map { RandomSeries(labels: labels.merging(["le": $0]) { $1 }) }
        for time in grid() {
            if chance(0.01) { counts = counts.map { _ in 0 } }
            let bucket = Int.random(in: bounds.indices, using: &random)
            counts[bucket] += Double(Int.random(in: 0...4, using: &random))
            var sum = 0.0
            for place in bounds.indices {
                sum += counts[place]
                made[place].samples.append(SeriesSample(time: time, value: sum))
            }
        }
        return made
    }

    /// The times of samples: every 15 seconds or so, with jitter, losses and a gap.
    private mutating func grid() -> [Int] {
        let step = random.pick([15_000, 15_000, 30_000, 60_000])
        let jitter = random.pick([0, 0, 20, 3000])
        let first = chance(0.3) ? Int.random(in: 0...RandomSeries.length / 2, using: &random) / step * step : 0
        let last =
            chance(0.3)
            ? Int.random(in: RandomSeries.length / 2...RandomSeries.length, using: &random) : RandomSeries.length
        let gap = chance(0.3) ? Int.random(in: 0...RandomSeries.length, using: &random) : -1_000_000
        let width = random.pick([130_000, 290_000, 600_000])
        return stride(from: first, through: last, by: step).compactMap { time in
            if chance(0.03) || (gap...gap + width).contains(time) { return nil }
            return RandomSeries.start + time + (jitter > 0 ? Int.random(in: 0..<jitter, using: &random) : 0)
        }
    }

    private mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &random) < part }

    /// A string that a regular expression of ours matches.
    private mutating func example(of pattern: String) -> String {
        if pattern == ".+" || pattern == ".*" { return random.pick(["a", "b"]) }
        var text = ""
        var rest = pattern[...]
        while let character = rest.popFirst() {
            switch character {
            case "[":
                let letters = Array(rest.prefix { $0 != "]" })
                rest = rest.drop { $0 != "]" }.dropFirst()
                var count = 1
                if rest.first == "{" {
                    count = Int(rest.dropFirst().prefix { $0.isNumber }) ?? 1
                    rest = rest.drop { $0 != "}" }.dropFirst()
                }
                for _ in 0..<count { text.append(random.pick(letters)) }
            case "(":
                let options = rest.prefix { $0 != ")" }.split(separator: "|").map(String.init)
                rest = rest.drop { $0 != ")" }.dropFirst()
                text += random.pick(options)
            case "|": return Bool.random(using: &random) ? text : example(of: String(rest))
            case ".":
                rest = rest.drop { $0 == "+" || $0 == "*" }
                text += "x"
            default: text.append(character)
            }
        }
        return text
    }
}
