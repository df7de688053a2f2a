import Diagnostics

/// What a query gives, as far as its text tells.
struct QueryShape: Sendable {
    /// What a value is of: a total grows with the replicas, a mean does not.
    enum Nature: Sendable { case total, mean, unknown }

    /// Whether it is one element, or a number; nil where that is not known.
    let isSingle: Bool?
    let nature: Nature
    /// The greatest value that it can take, where it has one.
    let most: Double?

    static let number = QueryShape(isSingle: true, nature: .unknown, most: nil)
}

extension Query {
    /// What the query gives.
    var shape: QueryShape {
        switch content {
        case .number, .text: return .number
        case .selector(let selector):
            let metric = selector.metric
            let isRatio = selector.name?.mentions(":ratio") ?? false
            return QueryShape(
                isSingle: metric == nil ? nil : false, nature: metric?.isBounded == true || isRatio ? .mean : .unknown,
                most: metric?.most ?? (isRatio ? 1 : nil))
        case .range(let query, _), .subquery(let query, _): return query.shape
        case .negation(let query):
            let inner = query.shape
            return QueryShape(isSingle: inner.isSingle, nature: inner.nature, most: nil)
        case .call(let name, let arguments): return shape(ofCall: name, arguments)
        case .aggregation(let aggregation): return shape(of: aggregation)
        case .binary(let binary): return shape(of: binary)
        }
    }

    private func shape(ofCall name: String, _ arguments: [Query]) -> QueryShape {
        switch name {
        case "scalar", "time", "vector", "absent", "absent_over_time", "pi": return .number
        case "histogram_quantile":
            guard let inner = arguments.last else { return .number }
            var isSingle: Bool?
            if case .aggregation(let aggregation) = inner.content {
                isSingle = aggregation.kept.map { $0.allSatisfy { $0.name == "le" } }
            }
            return QueryShape(isSingle: isSingle, nature: .mean, most: nil)
        case "rate", "irate", "increase", "deriv", "delta", "changes", "count_over_time", "sum_over_time", "resets":
            let inner = arguments.first?.shape ?? .number
            return QueryShape(isSingle: inner.isSingle, nature: .unknown, most: nil)
        case "clamp_max":
            let inner = arguments.first?.shape ?? .number
            return QueryShape(
                isSingle: inner.isSingle, nature: inner.nature, most: arguments.last?.constant ?? inner.most)
        case "abs", "ceil", "floor", "round", "clamp", "clamp_min", "sort", "sort_desc", "label_replace", "label_join",
            "avg_over_time", "max_over_time", "min_over_time", "quantile_over_time", "last_over_time", "predict_linear":
            let inner = (name == "quantile_over_time" ? arguments.last : arguments.first)?.shape ?? .number
            let keeps = name.hasSuffix("_over_time")
            return QueryShape(isSingle: inner.isSingle, nature: inner.nature, most: keeps ? inner.most : nil)
        default: return QueryShape(isSingle: nil, nature: .unknown, most: nil)
        }
    }

    private func shape(of aggregation: Aggregation) -> QueryShape {
        let inner = aggregation.operand.shape
        let pinned = aggregation.operand.pinnedLabels
        var isSingle: Bool? =
            aggregation.dropped == nil
            && (aggregation.kept ?? []).allSatisfy { pinned.contains($0.name) }
        if QueryWords.choosing.contains(aggregation.operation) {
            isSingle = aggregation.parameter?.constant == 1 && isSingle == true ? true : nil
        }
        switch aggregation.operation {
        case "sum", "count": return QueryShape(isSingle: isSingle, nature: .total, most: nil)
        case "avg", "quantile":
            // An average of unknown series may be one over copies of one total.
            let isKnown = inner.nature == .mean || aggregation.operand.selectors.contains { $0.selector.isOfReplicas }
            return QueryShape(isSingle: isSingle, nature: isKnown ? .mean : .unknown, most: inner.most)
        case "min", "max":
            return QueryShape(isSingle: isSingle, nature: inner.nature == .mean ? .mean : .unknown, most: inner.most)
        default: return QueryShape(isSingle: isSingle, nature: .unknown, most: nil)
        }
    }

    private func shape(of binary: Binary) -> QueryShape {
        let (left, right) = (binary.left.shape, binary.right.shape)
        let isNumber = (left: binary.left.constant != nil, right: binary.right.constant != nil)
        let isSingle: Bool?
        switch binary.operation {
        case "or": isSingle = left.isSingle == true && right.isSingle == true ? true : nil
        case "and", "unless": isSingle = left.isSingle
        default:
            isSingle =
                isNumber.right
                ? left.isSingle
                : isNumber.left
                    ? right.isSingle
                    : left.isSingle == true || right.isSingle == true ? true : left.isSingle == false ? nil : nil
        }
        if binary.isSetOperation || binary.isComparison {
            let nature =
                left.nature == right.nature || !binary.isSetOperation || binary.operation != "or"
                ? left.nature : .unknown
            return QueryShape(isSingle: isSingle, nature: nature, most: binary.operation == "or" ? nil : left.most)
        }
        let nature: QueryShape.Nature
        switch (binary.operation, left.nature, right.nature) {
        case ("/", .total, .total), ("/", .mean, .total): nature = .mean
        case ("/", .total, _) where isNumber.right, ("*", .total, _) where isNumber.right: nature = .total
        case ("/", .mean, _) where isNumber.right, ("*", .mean, _) where isNumber.right: nature = .mean
        case ("*", _, .total) where isNumber.left: nature = .total
        case ("*", _, .mean) where isNumber.left: nature = .mean
        case ("*", .mean, .total), ("*", .total, .mean): nature = .total
        case ("+", .total, .total), ("-", .total, .total): nature = .total
        case ("+", .mean, .mean), ("-", .mean, .mean): nature = .mean
        case ("-", _, .mean) where isNumber.left: nature = .mean
        default: nature = .unknown
        }
        var most: Double?
        if binary.operation == "*", let factor = binary.right.constant { most = left.most.map { $0 * factor } }
        if binary.operation == "/", let factor = binary.right.constant, factor > 0 {
            most = left.most.map { $0 / factor }
        }
        if binary.operation == "-", binary.left.constant == 1, isErrorRatio(binary.right) { most = 1 }
        if isErrorRatio(self), case .binary = content { most = most ?? nil }
        return QueryShape(isSingle: isSingle, nature: nature, most: most)
    }

    /// Tells whether an expression is a share of a whole: a sum of some over the sum of all of one histogram.
    private func isErrorRatio(_ query: Query) -> Bool {
        guard case .binary(let binary) = query.content, binary.operation == "/" else { return false }
        let names = [binary.left, binary.right].map { $0.selectors.first?.selector.name ?? "" }
        return names[0].hasSuffix("_bucket") && names[1].hasSuffix("_count")
            && names[0].dropLast(7) == names[1].dropLast(6)
    }

    /// The labels that one value is asked of, in every selector.
    private var pinnedLabels: Set<String> {
        let sets = selectors.map { Set($0.selector.matchers.filter { $0.relation == .equal }.map(\.label)) }
        return sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    }
}

extension Query.Selector {
    /// Whether each replica or GPU has a series of its own.
    var isOfReplicas: Bool { metric.map { $0.isOfGPUs || $0.isOfServers } ?? false }

    /// The first matcher of a label.
    func matcher(_ label: String) -> Query.Matcher? { matchers.first { $0.label == label } }
}
