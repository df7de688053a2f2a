/// A token of a query.
struct QueryToken: Sendable {
    enum Kind: Sendable { case name, number(Double), duration(Double?), text(String), sign, end }

    let kind: Kind
    let text: String
    let extent: Range<Int>
}

/// What is wrong with a query's text, and where.
package struct QueryError: Error, Sendable {
    package let message: String
    package let extent: Range<Int>
    package var help: String?
}

/// Splits a query into tokens.
///
/// Dashboard variables (`$namespace`, `${window}`, `[[x]]`) are names and durations whose value is not known.
func queryTokens(_ text: String) throws(QueryError) -> [QueryToken] {
    var lexer = QueryLexer(bytes: Array(text.utf8))
    var tokens: [QueryToken] = []
    while true {
        let token = try lexer.next()
        tokens.append(token)
        if case .end = token.kind { return tokens }
    }
}

/// Reads one token after another.
private struct QueryLexer {
    let bytes: [UInt8]
    private var at = 0
    /// How many `[` are open: inside them, a colon is a token of its own.
    private var brackets = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() throws(QueryError) -> QueryToken {
        skipBlanks()
        guard at < bytes.count else { return QueryToken(kind: .end, text: "", extent: at..<at) }
        let start = at
        let byte = bytes[at]
        if isDigit(byte) || (byte == UInt8(ascii: ".") && at + 1 < bytes.count && isDigit(bytes[at + 1])) {
            return try number()
        }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
            return try quoted(byte)
        }
        if byte == UInt8(ascii: "$") { return try variable() }
        if isNameStart(byte) || (byte == UInt8(ascii: ":") && brackets == 0) {
            while at < bytes.count, isNamePart(bytes[at]) || (bytes[at] == UInt8(ascii: ":") && brackets == 0) {
                at += 1
            }
            if at < bytes.count, bytes[at] == UInt8(ascii: "$") { _ = try variable() }
            if at - start != 3 { return token(.name, start) }
            switch slice(start).lowercased() {
            case "inf": return token(.number(.infinity), start)
            case "nan": return token(.number(.nan), start)
            default: return token(.name, start)
            }
        }
        if at + 1 < bytes.count, isSign(byte, bytes[at + 1]) {
            at += 2
            return token(.sign, start)
        }
        guard "+-*/%^=<>(){}[],:@".utf8.contains(byte) else {
            throw QueryError(message: "unexpected character in a query", extent: at..<at + 1)
        }
        if byte == UInt8(ascii: "[") { brackets += 1 }
        if byte == UInt8(ascii: "]") { brackets = max(0, brackets - 1) }
        at += 1
        return token(.sign, start)
    }

    private mutating func skipBlanks() {
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "#") {
                while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
            } else if isBlank(bytes[at]) {
                at += 1
            } else {
                return
            }
        }
    }

    /// Reads a number, or a duration such as `1h30m`.
    private mutating func number() throws(QueryError) -> QueryToken {
        let start = at
        if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "0"), bytes[at + 1] | 0x20 == UInt8(ascii: "x") {
            at += 2
            while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
            guard let value = Int(slice(start).dropFirst(2), radix: 16) else {
                throw QueryError(message: "invalid hexadecimal number", extent: start..<at)
            }
            return token(.number(Double(value)), start)
        }
        if let seconds = duration() { return token(.duration(seconds), start) }
        while at < bytes.count, isDigit(bytes[at]) || bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: "_") {
            at += 1
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            while at < bytes.count, isDigit(bytes[at]) { at += 1 }
        }
        let digits = bytes[start..<at].filter { $0 != UInt8(ascii: "_") }
        guard let value = Double(String(decoding: digits, as: UTF8.self)), at >= bytes.count || !isNameStart(bytes[at])
        else {
            while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
            throw QueryError(message: "`\(slice(start))` is not a number or a duration", extent: start..<at)
        }
        return token(.number(value), start)
    }

    /// Reads digits and units, one or several times; nil, with nothing read, if there are none here.
    private mutating func duration() -> Double? {
        var place = at
        var sum = 0.0
        while place < bytes.count, isDigit(bytes[place]) {
            let start = place
            while place < bytes.count, isDigit(bytes[place]) { place += 1 }
            guard let count = Double(String(decoding: bytes[start..<place], as: UTF8.self)), place < bytes.count else {
                return nil
            }
            let isMilli =
                bytes[place] == UInt8(ascii: "m") && place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "s")
            guard let unit = isMilli ? 0.001 : seconds(ofUnit: bytes[place]) else { return nil }
            place += isMilli ? 2 : 1
            sum += count * unit
        }
        guard place > at, place >= bytes.count || !isNamePart(bytes[place]) else { return nil }
        at = place
        return sum
    }

    private mutating func quoted(_ quote: UInt8) throws(QueryError) -> QueryToken {
        let start = at
        var content: [UInt8] = []
        at += 1
        while at < bytes.count, bytes[at] != quote {
            if bytes[at] == UInt8(ascii: "\\"), quote != UInt8(ascii: "`"), at + 1 < bytes.count {
                at += 1
                switch bytes[at] {
                case UInt8(ascii: "n"): content.append(0x0A)
                case UInt8(ascii: "t"): content.append(0x09)
                case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): content.append(bytes[at])
                default: content += [UInt8(ascii: "\\"), bytes[at]]
                }
            } else {
                content.append(bytes[at])
            }
            at += 1
        }
        guard at < bytes.count else {
            throw QueryError(message: "the string is not closed", extent: start..<start + 1)
        }
        at += 1
        return token(.text(String(decoding: content, as: UTF8.self)), start)
    }

    /// Reads a dashboard variable: a name or, between brackets, a duration.
    private mutating func variable() throws(QueryError) -> QueryToken {
        let start = at
        at += 1
        if at < bytes.count, bytes[at] == UInt8(ascii: "{") {
            while at < bytes.count, bytes[at] != UInt8(ascii: "}") { at += 1 }
            guard at < bytes.count else {
                throw QueryError(message: "the variable is not closed", extent: start..<start + 2)
            }
            at += 1
        } else {
            while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
        }
        return token(brackets > 0 ? .duration(nil) : .name, start)
    }

    private func token(_ kind: QueryToken.Kind, _ start: Int) -> QueryToken {
        QueryToken(kind: kind, text: slice(start), extent: start..<at)
    }

    private func slice(_ start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }
}

/// The seconds of a duration unit of one letter.
private func seconds(ofUnit unit: UInt8) -> Double? {
    switch unit {
    case UInt8(ascii: "s"): 1
    case UInt8(ascii: "m"): 60
    case UInt8(ascii: "h"): 3600
    case UInt8(ascii: "d"): 86_400
    case UInt8(ascii: "w"): 604_800
    case UInt8(ascii: "y"): 31_536_000
    default: nil
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
private func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
}
private func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

/// Tells whether two bytes are one of `=~`, `!~`, `==`, `!=`, `>=`, `<=`.
private func isSign(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (UInt8(ascii: "="), UInt8(ascii: "~")), (UInt8(ascii: "!"), UInt8(ascii: "~")): true
    case (UInt8(ascii: "="), UInt8(ascii: "=")), (UInt8(ascii: "!"), UInt8(ascii: "=")),
        (UInt8(ascii: ">"), UInt8(ascii: "=")), (UInt8(ascii: "<"), UInt8(ascii: "=")):
        true
    default: false
    }
}
