/// A PromQL expression, and its bytes in the text of the query.
package struct Query: Sendable {
    package enum Content: Sendable {
        case number(Double)
        case text(String)
        case selector(Selector)
        /// A range vector: `x[5m]`.
        indirect case range(Query, window: Window)
        /// A subquery: `x[5m:1m]`; without a step it takes that of the server.
        indirect case subquery(Query, window: Window, step: Window?)
        case call(String, [Query])
        case aggregation(Aggregation)
        case binary(Binary)
        indirect case negation(Query)
    }

    /// A selector of series by name and labels.
    ///
    /// A class like the other parts, because many rules pass them on.
    package final class Selector: Sendable {
        /// The metric's name; nil if there are only label matchers.
        package let name: String?
        package let matchers: [Matcher]
        /// The metric, if it is in the catalog.
        package let metric: Metric?

        init(name: String?, matchers: [Matcher]) {
            self.name = name
            self.matchers = matchers
            metric = name.flatMap { Metric.named($0) }
        }
    }

    /// A label matcher.
    package struct Matcher: Sendable {
        package enum Relation: String, Sendable { case equal = "=", unequal = "!=", matching = "=~", unmatching = "!~" }

        package let label: String
        package let relation: Relation
        package let value: String
        package let extent: Range<Int>
        /// The bytes of the value, with quotes.
        package let valueExtent: Range<Int>
    }

    /// A duration; the seconds are nil if it is a dashboard variable.
    package struct Window: Sendable {
        package let seconds: Double?
        package let extent: Range<Int>
    }

    /// The time at which a selector or a subquery is read, if it is not that of the query.
    package struct Shift: Sendable, Equatable {
        package enum Moment: Sendable, Equatable { case seconds(Double), start, end }

        /// The seconds of `offset`, negative for later ones; NaN for a dashboard variable.
        package var offset = 0.0
        /// What follows `@`.
        package var moment: Moment?
    }

    /// An aggregation of a vector into fewer series.
    package final class Aggregation: Sendable {
        package let operation: String
        package let parameter: Query?
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

    /// A label of a grouping.
    package struct Label: Sendable {
        package let name: String
        package let extent: Range<Int>
    }

    /// A binary operator.
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

        /// Its precedence, as in Prometheus.
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
        package let matching: Matching

        init(operation: Operator, left: Query, right: Query, matching: Matching) {
            self.operation = operation
            self.left = left
            self.right = right
            self.matching = matching
        }
    }

    /// How an operator finds the series of its two sides that belong together.
    package struct Matching: Sendable {
        package enum Side: Sendable { case left, right }

        /// Whether a comparison returns 0 or 1 instead of dropping series.
        package var isBool = false
        /// The labels of `on`; nil without it.
        package var labels: [Label]?
        /// The labels of `ignoring`; nil without it.
        package var ignored: [Label]?
        /// The side that may have several series for one of the other: `group_left`, `group_right`.
        package var many: Side?
        /// The labels that the many side takes from the other.
        package var included: [Label] = []
    }

    package let content: Content
    package let extent: Range<Int>
    package var shift: Shift?

    init(content: Content, extent: Range<Int>, shift: Shift? = nil) {
        self.content = content
        self.extent = extent
        self.shift = shift
    }

    /// The same in a greater part of the text, such as its brackets.
    func spanning(_ extent: Range<Int>) -> Query { Query(content: content, extent: extent, shift: shift) }
}

extension Query {
    /// Its direct subexpressions.
    var parts: [Query] {
        switch content {
        case .number, .text, .selector: []
        case .range(let query, _), .subquery(let query, _, _), .negation(let query): [query]
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

    /// Its value if it consists only of literals.
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
