/// Figures of numbers, with the treatment of NaN and infinity that Prometheus has.
extension Collection<Double> {
    /// The sum, with the error of each addition carried along (Neumaier).
    var exactSum: Double {
        var (sum, error) = (0.0, 0.0)
        for value in self {
            let next = sum + value
            if next.isInfinite {
                error = 0
            } else if sum.magnitude >= value.magnitude {
                error += (sum - next) + value
            } else {
                error += (value - next) + sum
            }
            sum = next
        }
        return sum.isInfinite ? sum : sum + error
    }

    /// The least; NaN only if all are.
    var least: Double { reduce(.nan) { $1 < $0 || $0.isNaN ? $1 : $0 } }

    /// The greatest; NaN only if all are.
    var greatest: Double { reduce(.nan) { $1 > $0 || $0.isNaN ? $1 : $0 } }

    /// The population variance (Welford).
    var variance: Double {
        var (count, mean, sum) = (0.0, 0.0, 0.0)
        for value in self {
            count += 1
            let delta = value - mean
            mean += delta / count
            sum += delta * (value - mean)
        }
        return sum / count
    }

    /// The value below which a part of the numbers lies, interpolated between two of them.
    func quantile(_ part: Double) -> Double {
        if isEmpty || part.isNaN { return .nan }
        if part < 0 { return -.infinity }
        if part > 1 { return .infinity }
        // NaN is the least.
        let sorted = self.sorted { $0 < $1 || ($0.isNaN && !$1.isNaN) }
        let rank = part * Double(count - 1)
        let low = Int(rank.rounded(.down))
        let weight = rank - rank.rounded(.down)
        return sorted[low] * (1 - weight) + sorted[Swift.min(count - 1, low + 1)] * weight
    }
}
