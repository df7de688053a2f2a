extension ModifierFormula {
    /// Reads a formula; nil for what is not understood.
    package init?(_ text: String) {
        guard let tokens = FormulaToken.tokens(text) else { return nil }
        var parser = FormulaParser(tokens: tokens[...])
        guard let expression = parser.choice(), parser.tokens.isEmpty else { return nil }
        self.expression = expression
    }
}

/// A word, number or sign of a formula.
private struct FormulaToken {
    let text: String
    let isWord: Bool

    private static let signs = ["??", "**", "&&", "||", "==", "!=", "<=", ">="] + "+-*/%^<>!?:(),[]{}#".map { "\($0)" }

    /// Splits a text; nil at a character that is none.
    static func tokens(_ text: String) -> [FormulaToken]? {
        var rest = text[...]
        var tokens: [FormulaToken] = []
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
                continue
            }
            let word = word(rest)
            if !word.isEmpty {
                tokens.append(FormulaToken(text: String(word), isWord: true))
                rest.removeFirst(word.count)
            } else if let sign = signs.first(where: { rest.hasPrefix($0) }) {
                tokens.append(FormulaToken(text: sign, isWord: false))
                rest.removeFirst(sign.count)
            } else {
                return nil
            }
        }
        return tokens
    }

    /// The word or number at the beginning, with the exponent of a number and its sign.
    private static func word(_ text: Substring) -> Substring {
        guard let first = text.first, first.isNumber || first == "." else {
            return text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        }
        var end = text.startIndex
        var previous: Character = " "
        while end < text.endIndex {
            let next = text[end]
            let isSign = (next == "-" || next == "+") && (previous == "e" || previous == "E")
            guard next.isNumber || next == "." || next == "_" || next == "e" || next == "E" || isSign else { break }
            previous = next
            end = text.index(after: end)
        }
        return text[..<end]
    }
}

/// Reads expressions by the precedence of their operators.
private struct FormulaParser {
    typealias Expression = ModifierFormula.Expression

    var tokens: ArraySlice<FormulaToken>

    /// Operators from the loosest to the tightest; names stand for signs.
    private static let levels: [[String: String]] = [
        ["||": "||", "or": "||"], ["&&": "&&", "and": "&&"],
        ["==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in"],
        ["+": "+", "-": "-"], ["*": "*", "/": "/", "%": "%"], ["**": "**", "^": "**"], ["??": "??"],
    ]
    private static let withPredicate: Set = ["count", "all", "any", "one", "none", "filter", "map"]

    mutating func choice() -> Expression? {
        guard let test = operators(0) else { return nil }
        guard take("?") else { return test }
        guard let first = choice(), take(":"), let second = choice() else { return nil }
        return .choice(test, first, second)
    }

    private mutating func operators(_ level: Int) -> Expression? {
        guard level < Self.levels.count else { return unary() }
        guard var left = operators(level + 1) else { return nil }
        while let next = tokens.first, let sign = Self.levels[level][next.text] {
            tokens.removeFirst()
            // Powers are taken from the right.
            guard let right = operators(sign == "**" ? level : level + 1) else { return nil }
            left = .binary(sign, left, right)
        }
        return left
    }

    private mutating func unary() -> Expression? {
        if take("-") { return operators(5).map { .negative($0) } }
        if take("+") { return operators(5) }
        if take("!") || take("not") { return unary().map { .not($0) } }
        return primary()
    }

    private mutating func primary() -> Expression? {
        guard let token = tokens.popFirst() else { return nil }
        switch token.text {
        case "(":
            guard let inner = choice(), take(")") else { return nil }
            return inner
        case "[": return items(until: "]").map { .list($0) }
        case "#": return .item
        case "true": return .literal(.boolean(true))
        case "false": return .literal(.boolean(false))
        case "nil": return .literal(.null)
        default: break
        }
        guard token.isWord, let first = token.text.first else { return nil }
        if first.isNumber || first == "." {
            return Double(token.text.filter { $0 != "_" }).map { .literal(.number($0)) }
        }
        guard take("(") else { return .variable(token.text) }
        if Self.withPredicate.contains(token.text) { return predicate(token.text) }
        return items(until: ")").map { .call(token.text, $0) }
    }

    /// A list and a predicate in braces, or without them.
    private mutating func predicate(_ name: String) -> Expression? {
        guard let list = choice(), take(",") else { return nil }
        let isBraced = take("{")
        guard let body = choice(), !isBraced || take("}"), take(")") else { return nil }
        return .contained(name, list, body)
    }

    private mutating func items(until end: String) -> [Expression]? {
        var items: [Expression] = []
        if take(end) { return items }
        repeat {
            guard let item = choice() else { return nil }
            items.append(item)
        } while take(",")
        return take(end) ? items : nil
    }

    private mutating func take(_ text: String) -> Bool {
        guard tokens.first?.text == text else { return false }
        tokens.removeFirst()
        return true
    }
}
