import Groundwork

extension QueryEvaluator {
    /// Evaluates two expressions and the operator between them.
    func combine(_ binary: Query.Binary, _ extent: Range<Int>, _ time: Int) throws(QueryFailure) -> QueryValue {
        let operation = binary.operation
        if binary.matching.isBool, !operation.isComparison {
            throw .invalid("`bool` must follow a comparison", extent)
        }
        switch (try value(binary.left, time), try value(binary.right, time)) {
        case (.scalar(let left), .scalar(let right)):
            if operation.isSetOperation { throw .invalid("`\(operation.rawValue)` needs two vectors", extent) }
            if operation.isComparison, !binary.matching.isBool {
                throw .invalid("comparisons between scalars must use `bool`", extent)
            }
            return .scalar(operation.result(left, right))
        case (.vector(let left), .scalar(let right)):
            return .vector(try combine(left, binary, extent, time) { ($0, right) })
        case (.scalar(let left), .vector(let right)):
            return .vector(try combine(right, binary, extent, time) { (left, $0) })
        case (.vector(let left), .vector(let right)):
            let matching = SeriesMatching(binary, extent)
            let samples =
                operation.isSetOperation
                ? matching.joined(left, right) : try matching.matched(left, right, at: time)
            return .vector(try distinct(samples, extent))
        case (.string, _), (_, .string): throw .invalid("a string has no operators", extent)
        }
    }

    /// Applies an operator to each element of a vector and a scalar.
    private func combine(
        _ elements: [QuerySample], _ binary: Query.Binary, _ extent: Range<Int>, _ time: Int,
        _ pair: (Double) -> (Double, Double)
    ) throws(QueryFailure) -> [QuerySample] {
        let operation = binary.operation
        if operation.isSetOperation { throw .invalid("`\(operation.rawValue)` needs two vectors", extent) }
        if operation.isComparison, !binary.matching.isBool {
            return elements.compactMap { element in
                let (left, right) = pair(element.value)
                return operation.holds(left, right) ? QuerySample(element.labels, element.value, at: time) : nil
            }
        }
        let samples = elements.map { element in
            let (left, right) = pair(element.value)
            return QuerySample(element.labels.unnamed, operation.result(left, right), at: time)
        }
        return try distinct(samples, extent)
    }
}

extension Query.Operator {
    /// The result for two numbers; 0 or 1 for a comparison.
    func result(_ left: Double, _ right: Double) -> Double {
        switch self {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .over: left / right
        case .modulo: left.truncatingRemainder(dividingBy: right)
        case .power: left.raised(to: right)
        case .atan2: arctangent(left, right)
        case .equal, .unequal, .above, .below, .atLeast, .atMost: holds(left, right) ? 1 : 0
        case .and, .or, .unless: .nan
        }
    }

    /// Whether a comparison holds.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .unequal: left != right
        case .above: left > right
        case .below: left < right
        case .atLeast: left >= right
        case .atMost: left <= right
        case .plus, .minus, .times, .over, .modulo, .power, .atan2, .and, .or, .unless: false
        }
    }
}
