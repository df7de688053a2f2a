/// A PromQL expression, and the bytes of the query's text that it takes.
struct Query: Sendable {
    indirect enum Content: Sendable {
        case number(Double)
        case text(String)
        case selector(Selector)
        /// The samples of a window: `x[5m]`.
        case range(Query, window: Window)
        /// The values of an expression over a window: `x[5m:1m]`.
        case subquery(Query, window: Window)
        case call(String, [Query])
        case aggregation(Aggregation)
        case binary(Binary)
        case negation(Query)
    }

    /// A choice of series by name and labels.
    struct Selector: Sendable {
        /// The metric's name; nil where only labels choose.
        let name: String?
        let matchers: [Matcher]
        /// The metric, where it is known.
        let metric: KnownMetric?

        init(name: String?, matchers: [Matcher]) {
            self.name = name
            self.matchers = matchers
            metric = name.flatMap { KnownMetric.named($0) }
        }
    }

    /// A demand on one label.
    struct Matcher: Sendable {
        enum Relation: String, Sendable { case equal = "=", unequal = "!=", matching = "=~", unmatching = "!~" }

        let label: String
        let relation: Relation
        let value: String
        let extent: Range<Int>
        /// The bytes of the value, with its quotes.
        let valueExtent: Range<Int>
    }

    /// A length of time; the seconds are nil where a dashboard's variable stands for them.
    struct Window: Sendable {
        let seconds: Double?
        let extent: Range<Int>
    }

    /// An aggregation of a vector into fewer elements.
    struct Aggregation: Sendable {
        let operation: String
        let parameter: Query?
        let operand: Query
        /// The labels of `by`; nil without it.
        let kept: [Label]?
        /// The labels of `without`; nil without it.
        let dropped: [Label]?
    }

    /// A label that a grouping names.
    struct Label: Sendable {
        let name: String
        let extent: Range<Int>
    }

    /// Two expressions and the operator between them.
    struct Binary: Sendable {
        let operation: String
        let left: Query
        let right: Query
        /// Whether a comparison gives 0 or 1, and does not drop elements.
        let isBool: Bool
        let matching: [Label]?

        var isComparison: Bool { ["==", "!=", ">", "<", ">=", "<="].contains(operation) }
        var isSetOperation: Bool { ["and", "or", "unless"].contains(operation) }
    }

    let content: Content
    let extent: Range<Int>
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

    /// It and everything in it, outermost first, with the calls and aggregations around each.
    var expressions: [(query: Query, around: [Query])] {
        var found: [(Query, [Query])] = []
        func visit(_ query: Query, _ around: [Query]) {
            found.append((query, around))
            let parts = query.parts
            if parts.isEmpty { return }
            let inner = around + [query]
            for part in parts { visit(part, inner) }
        }
        visit(self, [])
        return found
    }

    /// The selector that it is, with its place.
    var selector: (selector: Selector, extent: Range<Int>)? {
        if case .selector(let selector) = content { (selector, extent) } else { nil }
    }

    /// Every selector in it.
    var selectors: [(selector: Selector, extent: Range<Int>)] {
        var found: [(Selector, Range<Int>)] = []
        func visit(_ query: Query) {
            if let own = query.selector { found.append(own) } else { for part in query.parts { visit(part) } }
        }
        visit(self)
        return found
    }

    /// The number that it is, computed from literals alone.
    var constant: Double? {
        switch content {
        case .number(let number): return number
        case .negation(let query): return query.constant.map { -$0 }
        case .binary(let binary):
            guard let left = binary.left.constant, let right = binary.right.constant else { return nil }
            switch binary.operation {
            case "+": return left + right
            case "-": return left - right
            case "*": return left * right
            case "/": return left / right
            default: return nil
            }
        case .text, .selector, .range, .subquery, .call, .aggregation: return nil
        }
    }
}
