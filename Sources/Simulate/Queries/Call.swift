import Groundwork

extension QueryEvaluator {
    /// Evaluates a function.
    func call(_ name: String, _ arguments: [Query], _ extent: Range<Int>, _ time: Int) throws(QueryFailure)
        -> QueryValue
    {
        guard let function = QueryFunction(rawValue: name) else { throw QuerySupport.function(name, extent) }
        guard function.arity.contains(arguments.count) else {
            throw .invalid("`\(name)` does not take \(arguments.count) arguments", extent)
        }
        switch function {
        case .rate, .increase, .delta, .irate, .idelta, .deriv, .changes, .resets, .predictLinear, .avgOverTime,
            .sumOverTime, .countOverTime, .minOverTime, .maxOverTime, .lastOverTime, .presentOverTime, .absentOverTime,
            .quantileOverTime, .stddevOverTime, .stdvarOverTime:
            return .vector(try overTime(function, arguments, extent, time))
        case .abs, .ceil, .floor, .exp, .ln, .log2, .log10, .sqrt, .sgn, .round, .clamp, .clampMin, .clampMax:
            return .vector(try each(function, arguments, extent, time))
        case .time: return .scalar(Double(time) / 1000)
        case .pi: return .scalar(.pi)
        case .timestamp, .minute, .hour, .month, .year, .dayOfWeek, .dayOfMonth, .dayOfYear, .daysInMonth:
            return .vector(try times(function, arguments, extent, time))
        case .absent:
            if try !vector(arguments[0], time).isEmpty { return .vector([]) }
            return .vector([QuerySample(arguments[0].pinnedLabels, 1, at: time)])
        case .scalar:
            let elements = try vector(arguments[0], time)
            return .scalar(elements.count == 1 ? elements[0].value : .nan)
        case .vector: return .vector([QuerySample(SeriesLabels(), try scalar(arguments[0], time), at: time)])
        case .sort, .sortDescending:
            return .vector(try vector(arguments[0], time).sorted(isAscending: function == .sort))
        case .histogramQuantile:
            let part = try scalar(arguments[0], time)
            let buckets = try vector(arguments[1], time)
            return .vector(try distinct(quantiles(part, buckets, time), extent))
        case .labelReplace: return .vector(try replaceLabel(arguments, extent, time))
        case .labelJoin: return .vector(try joinLabels(arguments, extent, time))
        }
    }

    /// Applies a function to each value of a vector.
    private func each(_ function: QueryFunction, _ arguments: [Query], _ extent: Range<Int>, _ time: Int)
        throws(QueryFailure) -> [QuerySample]
    {
        let elements = try vector(arguments[0], time)
        var numbers: [Double] = []
        for argument in arguments.dropFirst() { numbers.append(try scalar(argument, time)) }
        if function == .clamp, numbers[0] > numbers[1] { return [] }
        let samples = elements.map { QuerySample($0.labels.unnamed, function.result($0.value, numbers), at: time) }
        return try distinct(samples, extent)
    }
}

extension [QuerySample] {
    /// Sorts by value, NaN last.
    fileprivate func sorted(isAscending: Bool) -> [QuerySample] {
        sorted { left, right in
            if left.value.isNaN || right.value.isNaN { return !left.value.isNaN && right.value.isNaN }
            return isAscending ? left.value < right.value : left.value > right.value
        }
    }
}

extension Query {
    /// The labels that the selector itself pins to one value, as `absent` returns them.
    var pinnedLabels: SeriesLabels {
        let matchers: [Matcher]
        switch content {
        case .selector(let selector): matchers = selector.matchers
        case .range(let inner, _): return inner.pinnedLabels
        case .number, .text, .subquery, .call, .aggregation, .binary, .negation: matchers = []
        }
        var labels: [String: String] = [:]
        var seen: Set<String> = []
        for matcher in matchers where matcher.label != SeriesLabels.metric {
            let isFirst = matcher.relation == .equal && seen.insert(matcher.label).inserted
            labels[matcher.label] = isFirst ? matcher.value : nil
        }
        return SeriesLabels(labels)
    }
}
