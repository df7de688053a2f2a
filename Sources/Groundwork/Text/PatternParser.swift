/// Reads the text of a `Pattern`.
///
/// The patterns are constants of this program: an error in one stops the tests.
struct PatternParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take() -> UInt8 {
        precondition(position < bytes.count, "unfinished pattern")
        position += 1
        return bytes[position - 1]
    }

    /// Reads alternatives up to the closing parenthesis or the end.
    mutating func group() -> PatternGroup {
        var group = PatternGroup()
        while let byte = current, byte != UInt8(ascii: ")") {
            if byte == UInt8(ascii: "|") {
                position += 1
                group.alternatives.append([])
            } else {
                group.alternatives[group.alternatives.count - 1].append(term())
            }
        }
        return group
    }

    private mutating func term() -> PatternTerm {
        var term = PatternTerm(element: element())
        switch current {
        case UInt8(ascii: "?"): (term.least, term.most) = (0, 1)
        case UInt8(ascii: "*"): (term.least, term.most) = (0, .max)
        case UInt8(ascii: "+"): (term.least, term.most) = (1, .max)
        case UInt8(ascii: "{"):
            position += 1
            term.least = number()
            term.most = term.least
            if current == UInt8(ascii: ",") {
                position += 1
                term.most = number()
            }
            precondition(current == UInt8(ascii: "}"), "unfinished repetition")
        default: return term
        }
        position += 1
        return term
    }

    private mutating func element() -> PatternTerm.Element {
        var allowed = ByteClass()
        switch take() {
        case UInt8(ascii: "("):
            let inner = group()
            precondition(take() == UInt8(ascii: ")"), "unfinished group")
            return .group(inner)
        case UInt8(ascii: "["):
            while current != UInt8(ascii: "]") {
                let first = take()
                if current == UInt8(ascii: "-"), position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "]") {
                    position += 1
                    for byte in first...take() { allowed.insert(byte) }
                } else {
                    allowed.insert(first)
                }
            }
            position += 1
        case UInt8(ascii: "."): for byte in UInt8(ascii: " ")...UInt8(ascii: "~") { allowed.insert(byte) }
        case UInt8(ascii: "\\"): allowed.insert(take())
        case let literal: allowed.insert(literal)
        }
        return .bytes(allowed)
    }

    private mutating func number() -> Int {
        var value = 0
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            position += 1
        }
        return value
    }
}
