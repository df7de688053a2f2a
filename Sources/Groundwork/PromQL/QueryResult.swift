import Diagnostics

/// What a query returns, as far as its text tells.
package struct QueryResult: Sendable {
    /// What a value measures: a total grows with the number of replicas, a mean does not.
    package enum Nature: Sendable { case total, mean, unknown }

    /// Whether it is a single series or a number; nil if that is not known.
    package let isSingle: Bool?
    package let nature: Nature
    /// Its greatest possible value, if there is one.
    package let most: Double?

    static let number = QueryResult(isSingle: true, nature: .unknown, most: nil)
}

extension Query {
    /// What the query returns.
    package var result: QueryResult {
        switch content {
        case .number, .text: return .number
        case .selector(let selector):
            let metric = selector.metric
            let isRatio = selector.name?.mentions(":ratio") ?? false
            return QueryResult(
                isSingle: metric == nil ? nil : false, nature: metric?.most != nil || isRatio ? .mean : .unknown,
                most: metric?.most ?? (isRatio ? 1 : nil))
        case .range(let query, _), .subquery(let query, _, _): return query.result
        case .negation(let query):
            let inner = query.result
            return QueryResult(isSingle: inner.isSingle, nature: inner.nature, most: nil)
        case .call(let name, let arguments): return result(ofCall: name, arguments)
        case .aggregation(let aggregation): return result(of: aggregation)
        case .binary(let binary): return result(of: binary)
        }
    }

    private func result(ofCall name: String, _ arguments: [Query]) -> QueryResult {
        switch name {
        case "scalar", "time", "vector", "absent", "absent_over_time", "pi": return .number
        case "histogram_quantile":
            guard let inner = arguments.last else { return .number }
            var isSingle: Bool?
            if case .aggregation(let aggregation) = inner.content {
                isSingle = aggregation.kept.map { $0.allSatisfy { $0.name == "le" } }
            }
            return QueryResult(isSingle: isSingle, nature: .mean, most: nil)
        case "rate", "irate", "increase", "deriv", "delta", "changes", "count_over_time", "sum_over_time", "resets":
            let inner = arguments.first?.result ?? .number
            return QueryResult(isSingle: inner.isSingle, nature: .unknown, most: nil)
        case "clamp_max":
            let inner = arguments.first?.result ?? .number
            return QueryResult(
                isSingle: inner.isSingle, nature: inner.nature, most: arguments.last?.constant ?? inner.most)
        case "abs", "ceil", "floor", "round", "clamp", "clamp_min", "sort", "sort_desc", "label_replace", "label_join",
            "avg_over_time", "max_over_time", "min_over_time", "quantile_over_time", "last_over_time", "predict_linear":
            let inner = (name == "quantile_over_time" ? arguments.last : arguments.first)?.result ?? .number
            let keeps = name.hasSuffix("_over_time")
            return QueryResult(isSingle: inner.isSingle, nature: inner.nature, most: keeps ? inner.most : nil)
        default: return QueryResult(isSingle: nil, nature: .unknown, most: nil)
        }
    }

    private func result(of aggregation: Aggregation) -> QueryResult {
        let inner = aggregation.operand.result
        var isSingle: Bool? = aggregation.dropped == nil && aggregation.operand.pins(aggregation.kept ?? [])
        if QueryWords.choosing.contains(aggregation.operation) {
            isSingle = aggregation.parameter?.constant == 1 && isSingle == true ? true : nil
        }
        switch aggregation.operation {
        case "sum", "count": return QueryResult(isSingle: isSingle, nature: .total, most: nil)
        case "avg", "quantile":
            // An average of unknown series may be one over copies of the same total.
            let isKnown = inner.nature == .mean || aggregation.operand.selectors.contains { $0.content.isOfReplicas }
            return QueryResult(isSingle: isSingle, nature: isKnown ? .mean : .unknown, most: inner.most)
        case "min", "max":
            return QueryResult(isSingle: isSingle, nature: inner.nature == .mean ? .mean : .unknown, most: inner.most)
        default: return QueryResult(isSingle: isSingle, nature: .unknown, most: nil)
        }
    }

    private func result(of binary: Binary) -> QueryResult {
        let (left, right) = (binary.left.result, binary.right.result)
        let isNumber = (left: binary.left.constant != nil, right: binary.right.constant != nil)
        let isSingle: Bool?
        switch binary.operation {
        case .or: isSingle = left.isSingle == true && right.isSingle == true ? true : nil
        case .and, .unless: isSingle = left.isSingle
        default:
            isSingle =
                isNumber.right
                ? left.isSingle
                : isNumber.left
                    ? right.isSingle
                    : left.isSingle == true || right.isSingle == true ? true : nil
        }
        if binary.operation == .or {
            // `or vector(0)` fills in for what is not counted yet.
            let nature =
                binary.right.isConstantVector || left.nature == right.nature ? left.nature : .unknown
            return QueryResult(isSingle: isSingle, nature: nature, most: nil)
        }
        if binary.operation.isSetOperation || binary.operation.isComparison {
            return QueryResult(isSingle: isSingle, nature: left.nature, most: left.most)
        }
        let nature: QueryResult.Nature
        switch (binary.operation, left.nature, right.nature) {
        case (.over, .total, .total), (.over, .mean, .total): nature = .mean
        case (.over, .total, _) where isNumber.right, (.times, .total, _) where isNumber.right: nature = .total
        case (.over, .mean, _) where isNumber.right, (.times, .mean, _) where isNumber.right: nature = .mean
        case (.times, _, .total) where isNumber.left: nature = .total
        case (.times, _, .mean) where isNumber.left: nature = .mean
        case (.times, .mean, .total), (.times, .total, .mean): nature = .total
        case (.plus, .total, .total), (.minus, .total, .total): nature = .total
        case (.plus, .mean, .mean), (.minus, .mean, .mean): nature = .mean
        case (.minus, _, .mean) where isNumber.left: nature = .mean
        default: nature = .unknown
        }
        var most: Double?
        if binary.operation == .times, let factor = binary.right.constant { most = left.most.map { $0 * factor } }
        if binary.operation == .over, let factor = binary.right.constant, factor > 0 {
            most = left.most.map { $0 / factor }
        }
        if binary.operation == .minus, binary.left.constant == 1, isErrorRatio(binary.right) { most = 1 }
        return QueryResult(isSingle: isSingle, nature: nature, most: most)
    }

    /// Whether it is `vector` of a number.
    private var isConstantVector: Bool {
        if case .call("vector", let arguments) = content { arguments.first?.constant != nil } else { false }
    }

    /// Tells whether an expression is a fraction of a histogram: a sum of buckets divided by the sum of the counts.
    private func isErrorRatio(_ query: Query) -> Bool {
        guard case .binary(let binary) = query.content, binary.operation == .over else { return false }
        let names = [binary.left, binary.right].map { $0.selectors.first?.content.name ?? "" }
        return names[0].hasSuffix("_bucket") && names[1].hasSuffix("_count")
            && names[0].dropLast(7) == names[1].dropLast(6)
    }

    /// Tells whether every selector matches exactly one value of each of some labels.
    private func pins(_ labels: [Label]) -> Bool {
        if labels.isEmpty { return true }
        let selectors = selectors
        return !selectors.isEmpty
            && labels.allSatisfy { label in
                selectors.allSatisfy {
                    $0.content.matchers.contains { $0.relation == .equal && $0.label == label.name }
                }
            }
    }
}

extension Query.Selector {
    /// Whether each replica or GPU has a series of its own.
    package var isOfReplicas: Bool { metric?.source == .dcgmExporter || metric?.source == .vLLM }

    /// The first matcher of a label.
    package func matcher(_ label: String) -> Query.Matcher? { matchers.first { $0.label == label } }
}
