import Diagnostics

extension QueryParser {
    /// Reads an expression without operators outside of brackets.
    mutating func primary() throws(QueryError) -> Query {
        let start = token
        switch start.kind {
        case .number(let number):
            advance()
            return Query(content: .number(number), extent: start.extent)
        case .duration(let seconds):
            advance()
            return Query(content: .number(seconds ?? .nan), extent: start.extent)
        case .text(let text):
            advance()
            return Query(content: .text(text), extent: start.extent)
        case .name:
            let word = start.text.lowercased()
            let isAggregated = isFollowed(by: ["("]) || isFollowed(byWords: ["by", "without"])
            if QueryWords.aggregations.contains(word), isAggregated { return try aggregation() }
            return isFollowed(by: ["("]) ? try call() : try selector()
        case .sign where start.text == "(":
            advance()
            let inner = try expression()
            let close = try expect(")")
            return inner.spanning(start.extent.lowerBound..<close.extent.upperBound)
        case .sign where start.text == "{": return try selector()
        case .sign, .end:
            let found = start.text.isEmpty ? "the end of the query" : "`\(start.text)`"
            throw QueryError(message: "expected an expression, found \(found)", extent: start.extent)
        }
    }

    private mutating func call() throws(QueryError) -> Query {
        let name = advance()
        guard QueryWords.functions.contains(name.text) || name.text.hasPrefix("$") else {
            let known = QueryWords.functions.union(QueryWords.aggregations).sorted()
            throw QueryError(
                message: "unknown function `\(name.text)`", extent: name.extent,
                help: closest(to: name.text, among: known).map { "did you mean `\($0)`?" })
        }
        let (arguments, end) = try arguments()
        let extent = name.extent.lowerBound..<end
        if let bounds = QueryWords.arguments[name.text], !bounds.contains(arguments.count) {
            let (least, most) = (bounds.lowerBound, bounds.upperBound)
            let count = least == most ? "\(least)" : "\(least) to \(most)"
            throw QueryError(
                message: "`\(name.text)` takes \(count) argument\(most == 1 ? "" : "s"), but has \(arguments.count)",
                extent: extent)
        }
        if QueryWords.ofWindows.contains(name.text), !arguments.contains(where: \.isWindow) {
            throw QueryError(
                message: "`\(name.text)` takes a range vector", extent: extent,
                help: "add a range: `\(name.text)(…[5m])`")
        }
        if !QueryWords.ofWindows.contains(name.text), let window = arguments.first(where: \.isWindow) {
            throw QueryError(message: "`\(name.text)` does not take a range vector", extent: window.extent)
        }
        return Query(content: .call(name.text, arguments), extent: extent)
    }

    private mutating func aggregation() throws(QueryError) -> Query {
        let name = advance()
        let operation = name.text.lowercased()
        var grouping = try grouping()
        let (arguments, end) = try arguments()
        var last = end
        if grouping == nil, let after = try self.grouping() {
            grouping = after
            last = after.end
        }
        let count = QueryWords.withParameter.contains(operation) ? 2 : 1
        let extent = name.extent.lowerBound..<last
        guard arguments.count == count, let operand = arguments.last else {
            throw QueryError(
                message: "`\(operation)` takes \(count) argument\(count == 1 ? "" : "s"), but has \(arguments.count)",
                extent: extent)
        }
        if operand.isWindow {
            throw QueryError(
                message: "`\(operation)` does not take a range vector", extent: operand.extent,
                help: "apply `rate`, `avg_over_time` or a similar function to the range")
        }
        let aggregation = Query.Aggregation(
            operation: operation, parameter: count == 2 ? arguments.first : nil, operand: operand,
            kept: grouping?.isBy == true ? grouping?.labels : nil,
            dropped: grouping?.isBy == false ? grouping?.labels : nil)
        return Query(content: .aggregation(aggregation), extent: extent)
    }

    private mutating func grouping() throws(QueryError) -> (isBy: Bool, labels: [Query.Label], end: Int)? {
        guard isWord("by") || isWord("without") else { return nil }
        let isBy = advance().text.lowercased() == "by"
        let labels = try labelList()
        return (isBy, labels, previousEnd)
    }

    private mutating func arguments() throws(QueryError) -> (arguments: [Query], end: Int) {
        try expect("(")
        var arguments: [Query] = []
        while !`is`(")") {
            arguments.append(try expression())
            if !`is`(")") { try expect(",") }
        }
        let close = advance()
        return (arguments, close.extent.upperBound)
    }

    private mutating func selector() throws(QueryError) -> Query {
        let start = token.extent.lowerBound
        var name: String?
        if case .name = token.kind { name = advance().text }
        var matchers: [Query.Matcher] = []
        if `is`("{") {
            advance()
            while !`is`("}") {
                let label = advance()
                var text = label.text
                if case .text(let quoted) = label.kind {
                    text = quoted
                    // A quoted name without a value is the metric's.
                    if `is`(",") || `is`("}") {
                        name = quoted
                        if `is`(",") { advance() }
                        continue
                    }
                } else {
                    guard case .name = label.kind else {
                        throw QueryError(message: "expected a label name", extent: label.extent)
                    }
                }
                let relation = advance()
                guard let relation = Query.Matcher.Relation(rawValue: relation.text) else {
                    throw QueryError(
                        message: "expected `=`, `!=`, `=~` or `!~`", extent: relation.extent)
                }
                let value = advance()
                guard case .text(let content) = value.kind else {
                    throw QueryError(
                        message: "a label value must be a string", extent: value.extent,
                        help: "quote it: `\(text)=\"\(value.text)\"`")
                }
                matchers.append(
                    Query.Matcher(
                        label: text, relation: relation, value: content,
                        extent: label.extent.lowerBound..<value.extent.upperBound, valueExtent: value.extent))
                if text == "__name__", relation == .equal { name = content }
                if !`is`("}") { try expect(",") }
            }
            advance()
        }
        return Query(content: .selector(.init(name: name, matchers: matchers)), extent: start..<previousEnd)
    }
}

extension Query {
    /// Whether it is a range vector.
    fileprivate var isWindow: Bool {
        switch content {
        case .range, .subquery: true
        case .number, .text, .selector, .call, .aggregation, .binary, .negation: false
        }
    }
}
