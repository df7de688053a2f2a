import Groundwork

extension QueryEvaluator {
    /// Evaluates a function of a range vector.
    func overTime(_ function: QueryFunction, _ arguments: [Query], _ extent: Range<Int>, _ time: Int)
        throws(QueryFailure) -> [QuerySample]
    {
        let isQuantile = function == .quantileOverTime
        let argument = arguments[isQuantile ? 1 : 0]
        let range = try range(argument, time)
        let number = arguments.count == 2 ? try scalar(arguments[isQuantile ? 0 : 1], time) : .nan
        if function == .absentOverTime {
            return range.series.isEmpty ? [QuerySample(argument.pinnedLabels, 1, at: time)] : []
        }
        let samples = range.series.compactMap { series -> QuerySample? in
            let labels = function == .lastOverTime ? series.labels : series.labels.unnamed
            return result(function, series.samples, range, number, time).map { QuerySample(labels, $0, at: time) }
        }
        return try distinct(samples, extent)
    }

    private func result(
        _ function: QueryFunction, _ samples: ArraySlice<SeriesSample>, _ range: QueryRange, _ number: Double,
        _ time: Int
    ) -> Double? {
        let values = samples.lazy.map(\.value)
        let pairs = zip(samples, samples.dropFirst())
        switch function {
        case .rate: return extrapolated(samples, range, isCounter: true).map { $0 / range.seconds }
        case .increase: return extrapolated(samples, range, isCounter: true)
        case .delta: return extrapolated(samples, range, isCounter: false)
        case .irate, .idelta: return lastStep(samples, isRate: function == .irate)
        case .deriv: return samples.count < 2 ? nil : Line(samples, around: samples[samples.startIndex].time).slope
        case .predictLinear:
            guard samples.count >= 2 else { return nil }
            let line = Line(samples, around: time)
            return line.slope * number + line.intercept
        case .changes: return Double(pairs.count { $0.value != $1.value && !($0.value.isNaN && $1.value.isNaN) })
        case .resets: return Double(pairs.count { $1.value < $0.value })
        case .avgOverTime: return values.exactSum / Double(samples.count)
        case .sumOverTime: return values.exactSum
        case .countOverTime: return Double(samples.count)
        case .minOverTime: return values.least
        case .maxOverTime: return values.greatest
        case .lastOverTime: return samples.last?.value
        case .presentOverTime: return 1
        case .quantileOverTime: return values.quantile(number)
        case .stddevOverTime: return values.variance.squareRoot()
        case .stdvarOverTime: return values.variance
        default: return nil
        }
    }

    /// The difference of the last two samples, or their rate.
    private func lastStep(_ samples: ArraySlice<SeriesSample>, isRate: Bool) -> Double? {
        let last = Array(samples.suffix(2))
        guard last.count == 2 else { return nil }
        guard isRate else { return last[1].value - last[0].value }
        let step = last[1].value < last[0].value ? last[1].value : last[1].value - last[0].value
        return step / (Double(last[1].time - last[0].time) / 1000)
    }

    /// The increase over a whole range, extrapolated from its first and last sample to the edges of the range.
    private func extrapolated(_ samples: ArraySlice<SeriesSample>, _ range: QueryRange, isCounter: Bool) -> Double? {
        guard let first = samples.first, let last = samples.last, samples.count > 1 else { return nil }
        var increase = last.value - first.value
        if isCounter {
            for (earlier, later) in zip(samples, samples.dropFirst()) where later.value < earlier.value {
                increase += earlier.value
            }
        }
        let sampled = Double(last.time - first.time) / 1000
        let distance = sampled / Double(samples.count - 1)
        var before = Double(first.time - range.start) / 1000
        var after = Double(range.end - last.time) / 1000
        // Farther from the edge than this, the series is taken to have begun or ended within the range.
        let limit = distance * 1.1
        let canReachZero = isCounter && increase > 0 && first.value >= 0
        let sinceZero = canReachZero ? sampled * (first.value / increase) : .infinity
        if behavior.reachesZero { before = min(before, sinceZero) }
        if before >= limit { before = distance / 2 }
        // A counter was never below zero.
        before = min(before, sinceZero)
        if after >= limit { after = distance / 2 }
        return increase * ((sampled + before + after) / sampled)
    }
}
