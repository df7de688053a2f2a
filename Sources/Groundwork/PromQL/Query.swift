/// A PromQL expression, and the bytes of the query's text that it takes.
package struct Query: Sendable {
    package enum Content: Sendable {
        case number(Double)
        case text(String)
        case selector(Selector)
        /// The samples of a window: `x[5m]`.
        indirect case range(Query, window: Window)
        /// The values of an expression over a window: `x[5m:1m]`.
        indirect case subquery(Query, window: Window)
        case call(String, [Query])
        case aggregation(Aggregation)
        case binary(Binary)
        indirect case negation(Query)
    }

    /// A choice of series by name and labels.
    ///
    /// A class as the other parts are, because many rules hand them on.
    package final class Selector: Sendable {
        /// The metric's name; nil where only labels choose.
        package let name: String?
        package let matchers: [Matcher]
        /// The metric, where it is known.
        package let metric: Metric?

        init(name: String?, matchers: [Matcher]) {
            self.name = name
            self.matchers = matchers
            metric = name.flatMap { Metric.named($0) }
        }
    }

    /// A demand on one label.
    package struct Matcher: Sendable {
        package enum Relation: String, Sendable { case equal = "=", unequal = "!=", matching = "=~", unmatching = "!~" }

        package let label: String
        package let relation: Relation
        package let value: String
        package let extent: Range<Int>
        /// The bytes of the value, with its quotes.
        package let valueExtent: Range<Int>
    }

    /// A length of time; the seconds are nil where a dashboard's variable stands for them.
    package struct Window: Sendable {
        package let seconds: Double?
        package let extent: Range<Int>
    }

    /// An aggregation of a vector into fewer elements.
    package final class Aggregation: Sendable {
        package let operation: String
        let parameter: Query?
        package let operand: Query
        /// The labels of `by`; nil without it.
        package let kept: [Label]?
        /// The labels of `without`; nil without it.
        package let dropped: [Label]?

        init(operation: String, parameter: Query?, operand: Query, kept: [Label]?, dropped: [Label]?) {
            self.operation = operation
            self.parameter = parameter
            self.operand = operand
            self.kept = kept
            self.dropped = dropped
        }
    }

    /// A label that a grouping names.
    package struct Label: Sendable {
        package let name: String
        package let extent: Range<Int>
    }

    /// What stands between two expressions.
    package enum Operator: String, Sendable {
        case equal = "=="
        case unequal = "!="
        case above = ">"
        case below = "<"
        case atLeast = ">="
        case atMost = "<="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case modulo = "%"
        case power = "^"
        case atan2, and, or, unless

        /// How tightly it binds, as in Prometheus.
        var level: Int {
            switch self {
            case .or: 1
            case .and, .unless: 2
            case .equal, .unequal, .above, .below, .atLeast, .atMost: 3
            case .plus, .minus: 4
            case .times, .over, .modulo, .atan2: 5
            case .power: 6
            }
        }

        package var isComparison: Bool { level == 3 }
        package var isSetOperation: Bool { level <= 2 }
    }

    /// Two expressions and the operator between them.
    package final class Binary: Sendable {
        package let operation: Operator
        package let left: Query
        package let right: Query
        /// Whether a comparison gives 0 or 1, and does not drop elements.
        let isBool: Bool
        let matching: [Label]?

        init(operation: Operator, left: Query, right: Query, isBool: Bool, matching: [Label]?) {
            self.operation = operation
            self.left = left
            self.right = right
            self.isBool = isBool
            self.matching = matching
        }
    }

    package let content: Content
    package let extent: Range<Int>
}

extension Query {
    /// The expressions that it is made of, one level down.
    var parts: [Query] {
        switch content {
        case .number, .text, .selector: []
        case .range(let query, _), .subquery(let query, _), .negation(let query): [query]
        case .call(_, let arguments): arguments
        case .aggregation(let aggregation): [aggregation.parameter, aggregation.operand].compactMap { $0 }
        case .binary(let binary): [binary.left, binary.right]
        }
    }

    /// The expressions around the one at an extent, outermost first.
    package func around(_ extent: Range<Int>) -> [Query] {
        var found: [Query] = []
        var inner: Query? = self
        while let query = inner, query.extent != extent {
            found.append(query)
            inner = query.parts.first {
                $0.extent.lowerBound <= extent.lowerBound && extent.upperBound <= $0.extent.upperBound
            }
        }
        return found
    }

    /// Every selector in it.
    package var selectors: [QueryParts.Part<Selector>] { QueryParts(self).selectors }

    /// The number that it is, computed from literals alone.
    package var constant: Double? {
        switch content {
        case .number(let number): return number
        case .negation(let query): return query.constant.map { -$0 }
        case .binary(let binary):
            guard let left = binary.left.constant, let right = binary.right.constant else { return nil }
            switch binary.operation {
            case .plus: return left + right
            case .minus: return left - right
            case .times: return left * right
            case .over: return left / right
            default: return nil
            }
        case .text, .selector, .range, .subquery, .call, .aggregation: return nil
        }
    }
}
