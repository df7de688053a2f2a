import Groundwork

/// Counts of latencies in buckets whose bounds grow by a sixth of an octave: a quantile is off by at most 6%.
package struct LatencyHistogram: Sendable, Hashable {
    private static let count = 150
    private static let perOctave = 6.0
    /// The bound of the first bucket, seconds.
    private static let first = 0.001

    private var counts = [UInt32](repeating: 0, count: LatencyHistogram.count)
    package private(set) var total = 0

    package init() {}

    package mutating func add(_ seconds: Double) { add(bucket: Self.bucket(of: seconds)) }

    /// The bucket of a latency; it is looked up once for several histograms.
    static func bucket(of seconds: Double) -> Int {
        guard seconds > first else { return 0 }
        let ratio = seconds / first
        guard ratio < 0x1p25 else { return count - 1 }
        // The logarithm to base 2 by the exponent, and by comparing the rest with the powers of the sixth root of 2.
        let rest = ratio.significand
        var place = 6 * Int(ratio.exponent) + 1
        if rest >= 1.414_213_562_373_095_1 {
            place += 3
            if rest >= 1.587_401_051_968_199_4 { place += 1 }
            if rest >= 1.781_797_436_280_678_5 { place += 1 }
        } else {
            if rest >= 1.122_462_048_309_373 { place += 1 }
            if rest >= 1.259_921_049_894_873_2 { place += 1 }
        }
        return min(count - 1, place)
    }

    mutating func add(bucket: Int) {
        total += 1
        counts[bucket] += 1
    }

    package mutating func add(_ other: LatencyHistogram) {
        total += other.total
        for place in counts.indices { counts[place] += other.counts[place] }
    }

    /// The upper bound of the bucket that a share of the latencies does not exceed; nil without any.
    package func quantile(_ share: Double) -> Double? {
        guard total > 0 else { return nil }
        let wanted = share * Double(total)
        var sum = 0
        for (place, count) in counts.enumerated() {
            sum += Int(count)
            if Double(sum) >= wanted { return Self.first * 2.raised(to: Double(place) / Self.perOctave) }
        }
        return nil
    }
}
