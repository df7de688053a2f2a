/// A JSON value whose objects keep their order.
package indirect enum JSON: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(key: String, value: JSON)])

    /// The value in one line.
    package var line: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value over several lines, two spaces a level, with a line end at the end.
    package var page: String {
        var bytes: [UInt8] = []
        append(to: &bytes, indent: 0)
        bytes.append(UInt8(ascii: "\n"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value, in one line or, where an indentation is given, over several.
    package func append(to bytes: inout [UInt8], indent: Int? = nil) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): bytes.append(contentsOf: value.description.utf8)
        case .number(let value):
            if !value.isFinite {
                bytes.append(contentsOf: "null".utf8)
            } else if value.magnitude >= 1e15 {
                // Without an exponent readers would take it for an integer, and not for the number that it rounds to.
                bytes.append(contentsOf: value.description.utf8)
            } else {
                appendNumber(value, to: &bytes)
            }
        case .string(let value): appendJSONString(value, to: &bytes)
        case .array(let items):
            appendList(items, "[", "]", &bytes, indent) { item, bytes, indent in item.append(to: &bytes, indent: indent)
            }
        case .object(let members):
            appendList(members, "{", "}", &bytes, indent) { member, bytes, indent in
                appendJSONString(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                if indent != nil { bytes.append(UInt8(ascii: " ")) }
                member.value.append(to: &bytes, indent: indent)
            }
        }
    }
}

/// Appends what is between brackets, separated by commas.
private func appendList<Element>(
    _ elements: [Element], _ open: String, _ close: String, _ bytes: inout [UInt8], _ indent: Int?,
    _ append: (Element, inout [UInt8], Int?) -> Void
) {
    func breakLine(_ indent: Int?, _ bytes: inout [UInt8]) {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }
    bytes.append(contentsOf: open.utf8)
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        breakLine(inner, &bytes)
        append(element, &bytes, inner)
    }
    if !elements.isEmpty { breakLine(indent, &bytes) }
    bytes.append(contentsOf: close.utf8)
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(nilLiteral: ()) { self = .null }
}

/// Appends a text as a JSON string: escapes what JSON demands, and writes the rest as it is.
package func appendJSONString(_ text: String, to bytes: inout [UInt8]) {
    guard needsEscapes(text) else {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\""))
        return
    }
    var text = text
    text.withUTF8 { text in
        bytes.append(UInt8(ascii: "\""))
        var written = 0
        for (index, byte) in text.enumerated()
        where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<index]))
            written = index + 1
            bytes.append(UInt8(ascii: "\\"))
            switch byte {
            case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
            case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
            case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
            case ..<0x20: bytes.append(contentsOf: ((byte < 0x10 ? "u000" : "u00") + String(byte, radix: 16)).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Whether a text holds what JSON writes in another way.
private func needsEscapes(_ text: String) -> Bool {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    for byte in text.utf8 where byte < 0x20 || byte == quote || byte == backslash { return true }
    return false
}
