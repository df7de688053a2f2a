import Groundwork

/// The part of PromQL that is evaluated.
package enum QuerySupport {
    static let aggregations: Set = [
        "sum", "min", "max", "avg", "group", "stddev", "stdvar", "count", "topk", "bottomk", "quantile",
    ]

    /// Finds what a query uses that is not evaluated; empty if the query can be evaluated.
    package static func missing(in query: Query) -> [QueryFailure] {
        var missing: [QueryFailure] = []
        collect(query, &missing)
        return missing
    }

    private static func collect(_ query: Query, _ missing: inout [QueryFailure]) {
        if let shift = query.shift, shift.offset.isNaN { missing.append(variable(query.extent)) }
        switch query.content {
        case .number, .text: break
        case .selector(let selector):
            if selector.name?.contains("$") == true || selector.matchers.contains(where: { $0.value.contains("$") }) {
                // A regular expression may end in `$`.
                let isVariable = selector.matchers.contains { $0.value.contains("$") && !$0.value.hasSuffix("$") }
                if isVariable || selector.name?.contains("$") == true { missing.append(variable(query.extent)) }
            }
            for matcher in selector.matchers {
                do {
                    _ = try SeriesMatcher(matcher, PrometheusBehavior())
                } catch {
                    missing.append(error)
                }
            }
        case .range(let inner, let window):
            if window.seconds == nil { missing.append(variable(window.extent)) }
            collect(inner, &missing)
        case .subquery(let inner, let window, let step):
            for window in [window, step].compactMap({ $0 }) where window.seconds == nil {
                missing.append(variable(window.extent))
            }
            collect(inner, &missing)
        case .call(let name, let arguments):
            if QueryFunction(rawValue: name) == nil { missing.append(function(name, query.extent)) }
            for argument in arguments { collect(argument, &missing) }
        case .aggregation(let aggregation):
            if !aggregations.contains(aggregation.operation) {
                missing.append(.unsupported("the aggregation `\(aggregation.operation)`", query.extent))
            }
            for part in [aggregation.parameter, aggregation.operand].compactMap({ $0 }) { collect(part, &missing) }
        case .binary(let binary):
            collect(binary.left, &missing)
            collect(binary.right, &missing)
        case .negation(let inner): collect(inner, &missing)
        }
    }

    static func function(_ name: String, _ extent: Range<Int>) -> QueryFailure {
        .unsupported("the function `\(name)`", extent)
    }

    private static func variable(_ extent: Range<Int>) -> QueryFailure { .unsupported("a dashboard variable", extent) }
}
