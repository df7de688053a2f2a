import Diagnostics

/// Reads a query; throws a syntax error.
package func parseQuery(_ text: String) throws(QueryError) -> Query {
    var parser = QueryParser(tokens: try queryTokens(text))
    let query = try parser.expression()
    try parser.finish()
    return query
}

/// The parser, with the precedence of operators of Prometheus.
struct QueryParser {
    private let tokens: [QueryToken]
    private var at = 0
    /// How deep expressions are nested; real queries are not deep, and the stack is finite.
    private var depth = 0

    init(tokens: [QueryToken]) { self.tokens = tokens }

    /// The next token.
    var token: QueryToken { tokens[at] }

    /// Reads an expression whose operators bind at least as tightly as a level.
    mutating func expression(_ least: Int = 0) throws(QueryError) -> Query {
        depth += 1
        defer { depth -= 1 }
        if depth > 100 { throw QueryError(message: "the query has too many levels of nesting", extent: token.extent) }
        var left = try unary()
        var length = 0
        while let operation = token.operation, operation.level >= least {
            // A chain of operators makes a tree as deep as brackets do.
            length += 1
            if length > 500 { throw QueryError(message: "the query has too many operators", extent: token.extent) }
            advance()
            let matching = try matching()
            // `^` is right-associative, every other operator left-associative.
            let right = try expression(operation == .power ? operation.level : operation.level + 1)
            let binary = Query.Binary(operation: operation, left: left, right: right, matching: matching)
            left = Query(content: .binary(binary), extent: left.extent.lowerBound..<right.extent.upperBound)
        }
        return left
    }

    /// Checks that nothing follows.
    func finish() throws(QueryError) {
        guard case .end = token.kind else {
            throw QueryError(message: "`\(token.text)` is not expected here", extent: token.extent)
        }
    }

    /// Reads a unary sign; it binds like `*`, and weaker than `^`.
    private mutating func unary() throws(QueryError) -> Query {
        guard `is`("-") || `is`("+") else { return try postfix(try primary()) }
        let sign = advance()
        let operand = try expression(6)
        let extent = sign.extent.lowerBound..<operand.extent.upperBound
        return sign.text == "-" ? Query(content: .negation(operand), extent: extent) : operand.spanning(extent)
    }

    /// Reads `bool`, `on(…)`, `ignoring(…)`, `group_left(…)` and `group_right(…)`.
    private mutating func matching() throws(QueryError) -> Query.Matching {
        var matching = Query.Matching()
        if isWord("bool") {
            advance()
            matching.isBool = true
        }
        if isWord("on") || isWord("ignoring") {
            let isOn = advance().text.lowercased() == "on"
            let named = try labelList()
            if isOn { matching.labels = named } else { matching.ignored = named }
            if isWord("group_left") || isWord("group_right") {
                matching.many = advance().text.lowercased() == "group_left" ? .left : .right
                if `is`("(") { matching.included = try labelList() }
            }
        }
        return matching
    }

    /// Reads what may follow an expression: a range, `offset`, `@`.
    private mutating func postfix(_ inner: Query) throws(QueryError) -> Query {
        var query = inner
        while true {
            if `is`("[") {
                let open = advance()
                let window = try duration()
                if `is`(":") {
                    advance()
                    let step = `is`("]") ? nil : try duration()
                    let close = try expect("]")
                    let extent = query.extent.lowerBound..<close.extent.upperBound
                    query = Query(content: .subquery(query, window: window, step: step), extent: extent)
                } else {
                    let close = try expect("]")
                    guard case .selector = query.content else {
                        throw QueryError(
                            message: "a range must follow a selector",
                            extent: open.extent.lowerBound..<close.extent.upperBound,
                            help: "use a subquery for an expression over time: `[5m:1m]`")
                    }
                    let extent = query.extent.lowerBound..<close.extent.upperBound
                    query = Query(content: .range(query, window: window), extent: extent)
                }
            } else if isWord("offset") {
                advance()
                let sign = sign()
                query.shift = query.shift ?? Query.Shift()
                query.shift?.offset = sign * (try duration().seconds ?? .nan)
            } else if `is`("@") {
                advance()
                query.shift = query.shift ?? Query.Shift()
                query.shift?.moment = try moment()
            } else {
                return query
            }
        }
    }

    /// Reads a sign, if there is one.
    private mutating func sign() -> Double {
        guard `is`("-") || `is`("+") else { return 1 }
        return advance().text == "-" ? -1 : 1
    }

    /// Reads what follows `@`: seconds, `start()` or `end()`.
    private mutating func moment() throws(QueryError) -> Query.Shift.Moment {
        let sign = sign()
        let token = advance()
        switch token.kind {
        case .number(let seconds): return .seconds(sign * seconds)
        case .name where ["start", "end"].contains(token.text.lowercased()):
            try expect("(")
            try expect(")")
            return token.text.lowercased() == "start" ? .start : .end
        case .name where token.text.hasPrefix("$"): return .seconds(.nan)
        default:
            throw QueryError(
                message: "`@` must be followed by seconds, `start()` or `end()`", extent: token.extent)
        }
    }

    /// Reads a duration.
    private mutating func duration() throws(QueryError) -> Query.Window {
        let token = advance()
        switch token.kind {
        case .duration(let seconds): return Query.Window(seconds: seconds, extent: token.extent)
        case .number(let seconds): return Query.Window(seconds: seconds, extent: token.extent)
        case .name where token.text.hasPrefix("$"): return Query.Window(seconds: nil, extent: token.extent)
        default:
            throw QueryError(
                message: token.text.isEmpty ? "a duration is missing" : "`\(token.text)` is not a duration",
                extent: token.extent, help: "write a duration such as `5m`")
        }
    }

    /// Reads `(a, b)`.
    mutating func labelList() throws(QueryError) -> [Query.Label] {
        try expect("(")
        var labels: [Query.Label] = []
        while !`is`(")") {
            let token = advance()
            switch token.kind {
            case .name: labels.append(Query.Label(name: token.text, extent: token.extent))
            case .text(let name): labels.append(Query.Label(name: name, extent: token.extent))
            default: throw QueryError(message: "expected a label name", extent: token.extent)
            }
            if !`is`(")") { try expect(",") }
        }
        advance()
        return labels
    }

    /// Where the previous token ends.
    var previousEnd: Int { at > 0 ? tokens[at - 1].extent.upperBound : 0 }

    /// Tells whether the next token is a sign.
    func `is`(_ sign: String) -> Bool { if case .sign = token.kind { token.text == sign } else { false } }

    /// Tells whether the next token is a keyword, in any case.
    func isWord(_ word: String) -> Bool {
        if case .name = token.kind { token.text.lowercased() == word } else { false }
    }

    /// Tells whether the token after the next is one of some signs.
    func isFollowed(by signs: [String]) -> Bool {
        guard at + 1 < tokens.count, case .sign = tokens[at + 1].kind else { return false }
        return signs.contains(tokens[at + 1].text)
    }

    /// Tells whether the token after the next is one of some names.
    func isFollowed(byWords words: [String]) -> Bool {
        guard at + 1 < tokens.count, case .name = tokens[at + 1].kind else { return false }
        return words.contains(tokens[at + 1].text.lowercased())
    }

    /// Takes the next token.
    @discardableResult mutating func advance() -> QueryToken {
        let token = tokens[at]
        if at + 1 < tokens.count { at += 1 }
        return token
    }

    /// Takes a sign that must be here.
    @discardableResult mutating func expect(_ sign: String) throws(QueryError) -> QueryToken {
        guard `is`(sign) else {
            let found = token.text.isEmpty ? "the end of the query" : "`\(token.text)`"
            throw QueryError(message: "expected `\(sign)`, found \(found)", extent: token.extent)
        }
        return advance()
    }
}

extension QueryToken {
    /// The operator that it is, if it is one.
    fileprivate var operation: Query.Operator? {
        switch kind {
        case .sign: Query.Operator(rawValue: text)
        case .name: Query.Operator(rawValue: text.lowercased())
        case .number, .duration, .text, .end: nil
        }
    }
}
