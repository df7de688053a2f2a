import Groundwork

extension QueryEvaluator {
    /// Selects the newest value of each series within the lookback.
    func instant(_ selector: Query.Selector, _ extent: Range<Int>, at time: Int, queried: Int) throws(QueryFailure)
        -> [QuerySample]
    {
        let oldest = time - behavior.lookback + (behavior.includesStart ? 0 : 1)
        return try matching(selector, extent).compactMap { place in
            let series = store.series[place]
            let end = series.samples.firstIndex(atOrAfter: time + 1)
            guard end > 0, case let sample = series.samples[end - 1], sample.time >= oldest, !sample.isStale else {
                return nil
            }
            return QuerySample(series.labels, sample.value, at: sample.time)
        }
    }

    /// Evaluates an argument that must be a range vector.
    func range(_ query: Query, _ time: Int) throws(QueryFailure) -> QueryRange {
        let end = try shifted(query, time)
        switch query.content {
        case .range(let inner, let window):
            guard case .selector(let selector) = inner.content else {
                throw .invalid("a range must follow a selector", query.extent)
            }
            // An offset may stand behind the selector or behind the range.
            let last = try shifted(inner, end)
            let start = last - (try milliseconds(window))
            let first = start + (behavior.includesStart ? 0 : 1)
            let series = try matching(selector, inner.extent).compactMap { place in
                let series = store.series[place]
                let (low, high) = (
                    series.samples.firstIndex(atOrAfter: first), series.samples.firstIndex(atOrAfter: last + 1)
                )
                var samples = series.samples[low..<max(low, high)]
                if series.hasMarkers { samples = samples.filter { !$0.isStale }[...] }
                return samples.isEmpty ? nil : QueryRange.Series(labels: series.labels, samples: samples)
            }
            return QueryRange(series: series, start: start, end: last)
        case .subquery(let inner, let window, let step):
            let start = end - (try milliseconds(window))
            let distance = try step.map { step throws(QueryFailure) in try milliseconds(step) } ?? behavior.interval
            return QueryRange(series: try repeated(inner, start, end, distance), start: start, end: end)
        default: throw .invalid("the argument must be a range vector", query.extent)
        }
    }

    /// Evaluates an expression at each whole multiple of a step between two times.
    private func repeated(_ query: Query, _ start: Int, _ end: Int, _ step: Int) throws(QueryFailure)
        -> [QueryRange.Series]
    {
        var time = start - (start % step + step) % step
        if time < start || (time == start && !behavior.includesStart) { time += step }
        var order: [SeriesLabels] = []
        var samples: [SeriesLabels: [SeriesSample]] = [:]
        while time <= end {
            for element in try vector(query, time) {
                if samples[element.labels] == nil { order.append(element.labels) }
                samples[element.labels, default: []].append(SeriesSample(time: time, value: element.value))
            }
            time += step
        }
        return order.map { QueryRange.Series(labels: $0, samples: (samples[$0] ?? [])[...]) }
    }

    /// Finds the series that a selector matches.
    private func matching(_ selector: Query.Selector, _ extent: Range<Int>) throws(QueryFailure) -> [Int] {
        if selector.name == nil, selector.matchers.allSatisfy({ $0.acceptsEmpty }) {
            throw .invalid("a selector must have at least one matcher that does not match the empty string", extent)
        }
        var matchers: [SeriesMatcher] = []
        for matcher in selector.matchers { matchers.append(try SeriesMatcher(matcher, behavior)) }
        return store.candidates(selector.name).filter { place in
            matchers.allSatisfy { $0.accepts(store.series[place].labels) }
        }
    }
}

extension Query.Matcher {
    /// Tells whether it may match a series without the label; a regular expression counts as one that does not.
    fileprivate var acceptsEmpty: Bool {
        switch relation {
        case .equal: value.isEmpty
        case .unequal: !value.isEmpty
        case .matching: value == ".*" || value.isEmpty
        case .unmatching: value == ".+" || !value.isEmpty
        }
    }
}
