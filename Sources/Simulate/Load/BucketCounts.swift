import Groundwork

/// A histogram with the buckets that vLLM exports.
package struct BucketCounts: Sendable, Hashable {
    private let names: [String]
    private let bounds: [Double]
    private var counts: [Int]
    package private(set) var total = 0

    /// The histogram of a metric of the catalog.
    init(_ metric: String) {
        let known = Metric.named(metric)
        names = known?.buckets ?? []
        bounds = names.map { Double($0) ?? .infinity }
        counts = names.map { _ in 0 }
    }

    mutating func add(_ value: Double) {
        total += 1
        if let place = bounds.firstIndex(where: { value <= $0 }) { counts[place] += 1 }
    }

    /// How many values are at or below each bound, as the exporter writes it.
    var cumulative: [(bound: String, count: Int)] {
        var sum = 0
        var all = names.indices.map { place -> (bound: String, count: Int) in
            sum += counts[place]
            return (names[place], sum)
        }
        if names.last != "+Inf" { all.append(("+Inf", total)) }
        return all
    }
}
