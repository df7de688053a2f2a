import Groundwork

/// Evaluates queries over stored series, by the rules of Prometheus.
package struct QueryEvaluator: Sendable {
    let store: SeriesStore
    let behavior: PrometheusBehavior
    /// The time of the whole query, which `@ start()` and `@ end()` mean.
    private var moment = 0

    package init(_ store: SeriesStore, _ behavior: PrometheusBehavior = PrometheusBehavior()) {
        self.store = store
        self.behavior = behavior
    }

    /// Evaluates a query at a time in milliseconds.
    package func evaluate(_ query: Query, at time: Int) throws(QueryFailure) -> QueryValue {
        var evaluator = self
        evaluator.moment = time
        return try evaluator.value(query, time)
    }

    /// Evaluates an expression of the query.
    func value(_ query: Query, _ time: Int) throws(QueryFailure) -> QueryValue {
        switch query.content {
        case .number(let number): return .scalar(number)
        case .text(let text): return .string(text)
        case .selector(let selector):
            return .vector(try instant(selector, query.extent, at: try shifted(query, time), queried: time))
        case .range, .subquery:
            throw .invalid("a range vector must be the argument of a function", query.extent)
        case .call(let name, let arguments): return try call(name, arguments, query.extent, time)
        case .aggregation(let aggregation): return .vector(try aggregate(aggregation, query.extent, time))
        case .binary(let binary): return try combine(binary, query.extent, time)
        case .negation(let inner):
            switch try value(inner, time) {
            case .scalar(let number): return .scalar(-number)
            case .vector(let samples):
                let negated = samples.map { QuerySample($0.labels.unnamed, -$0.value, at: time) }
                return .vector(try distinct(negated, query.extent))
            case .string: throw .invalid("a string has no sign", query.extent)
            }
        }
    }

    /// Evaluates an expression that must be a vector.
    func vector(_ query: Query, _ time: Int) throws(QueryFailure) -> [QuerySample] {
        guard case .vector(let samples) = try value(query, time) else {
            throw .invalid("the argument must be an instant vector", query.extent)
        }
        return samples
    }

    /// Evaluates an expression that must be a scalar.
    func scalar(_ query: Query, _ time: Int) throws(QueryFailure) -> Double {
        guard case .scalar(let number) = try value(query, time) else {
            throw .invalid("the argument must be a scalar", query.extent)
        }
        return number
    }

    /// The time at which a selector or subquery is read.
    func shifted(_ query: Query, _ time: Int) throws(QueryFailure) -> Int {
        guard let shift = query.shift else { return time }
        guard shift.offset.isFinite else { throw .unsupported("a dashboard variable as a duration", query.extent) }
        let offset = Int((shift.offset * 1000).rounded())
        switch shift.moment {
        case nil: return time - offset
        case .start, .end: return moment - offset
        case .seconds(let seconds):
            guard seconds.magnitude < 1e12 else { throw .invalid("`@` is out of range", query.extent) }
            return Int((seconds * 1000).rounded()) - offset
        }
    }

    /// The milliseconds of a duration.
    func milliseconds(_ window: Query.Window) throws(QueryFailure) -> Int {
        guard let seconds = window.seconds else {
            throw .unsupported("a dashboard variable as a duration", window.extent)
        }
        guard seconds > 0 else { throw .invalid("a duration must be greater than 0", window.extent) }
        guard seconds < 1e10 else { throw .invalid("the duration is out of range", window.extent) }
        return Int((seconds * 1000).rounded())
    }

    /// Checks that no two elements have the same labels.
    func distinct(_ samples: [QuerySample], _ extent: Range<Int>) throws(QueryFailure) -> [QuerySample] {
        var seen: Set<SeriesLabels> = []
        for sample in samples where !seen.insert(sample.labels).inserted {
            throw .invalid("vector cannot contain metrics with the same labelset", extent)
        }
        return samples
    }
}
