extension QueryEvaluator {
    /// Evaluates `histogram_quantile` over the buckets of one or several histograms.
    func quantiles(_ part: Double, _ elements: [QuerySample], _ time: Int) -> [QuerySample] {
        var order: [SeriesLabels] = []
        var histograms: [SeriesLabels: [HistogramBucket]] = [:]
        for element in elements {
            guard let bound = Double(element.labels["le"]) else { continue }
            let labels = element.labels.filtered { $0 != "le" && $0 != SeriesLabels.metric }
            if histograms[labels] == nil { order.append(labels) }
            histograms[labels, default: []].append(HistogramBucket(bound: bound, count: element.value))
        }
        return order.map { QuerySample($0, quantile(part, of: histograms[$0] ?? []), at: time) }
    }
}

/// A cumulative bucket of a histogram.
struct HistogramBucket {
    /// The upper bound.
    let bound: Double
    var count: Double
}

/// Computes a quantile, interpolated within its bucket; NaN for a histogram that is not whole.
func quantile(_ part: Double, of buckets: [HistogramBucket]) -> Double {
    if part.isNaN { return .nan }
    if part < 0 { return -.infinity }
    if part > 1 { return .infinity }
    let buckets = cleaned(buckets)
    guard buckets.count >= 2, let last = buckets.last, last.bound == .infinity, last.count != 0 else { return .nan }
    let wanted = part * last.count
    let place = buckets.dropLast().firstIndex { $0.count >= wanted } ?? buckets.count - 1
    if place == buckets.count - 1 { return buckets[place - 1].bound }
    if place == 0, buckets[0].bound <= 0 { return buckets[0].bound }
    let below = place > 0 ? buckets[place - 1] : HistogramBucket(bound: 0, count: 0)
    let (count, rank) = (buckets[place].count - below.count, wanted - below.count)
    return below.bound + (buckets[place].bound - below.bound) * (rank / count)
}

/// Sorts buckets by bound, adds up those with the same bound, and lets no bucket be smaller than the one below it.
private func cleaned(_ buckets: [HistogramBucket]) -> [HistogramBucket] {
    var result: [HistogramBucket] = []
    for bucket in buckets.sorted(by: { $0.bound < $1.bound }) {
        if let last = result.last, last.bound == bucket.bound {
            result[result.count - 1].count += bucket.count
        } else {
            result.append(bucket)
        }
    }
    var most = result.first?.count ?? 0
    for place in result.indices.dropFirst() {
        if result[place].count > most { most = result[place].count }
        if result[place].count < most { result[place].count = most }
    }
    return result
}
