import Diagnostics

/// Writes documents in block style, with `---` between them: the same bytes for the same nodes, whatever their source's style.
package func writeYAML(_ documents: [Node]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, document) in documents.enumerated() {
        if index > 0 { bytes.append(contentsOf: "---\n".utf8) }
        appendNode(document, to: &bytes, indent: 0)
    }
    return bytes
}

/// Appends a node as lines that begin in a column, with the last line end; the first line is already indented.
package func appendNode(_ node: Node, to bytes: inout [UInt8], indent: Int) {
    switch node.content {
    case .mapping(let entries) where !entries.isEmpty:
        for (index, entry) in entries.enumerated() {
            if index > 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent)) }
            appendKey(entry.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            appendValue(entry.value, to: &bytes, indent: indent)
        }
    case .sequence(let items) where !items.isEmpty:
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent)) }
            bytes.append(contentsOf: "- ".utf8)
            if item.scalar == nil {
                appendNode(item, to: &bytes, indent: indent + 2)
            } else {
                appendLine(item, to: &bytes, indent: indent)
            }
        }
    default: appendLine(node, to: &bytes, indent: indent)
    }
}

/// Appends the value of a key, from the colon on; a list begins in the key's own column.
private func appendValue(_ value: Node, to bytes: inout [UInt8], indent: Int) {
    let column: Int
    switch value.content {
    case .mapping(let entries) where !entries.isEmpty: column = indent + 2
    case .sequence(let items) where !items.isEmpty: column = indent
    default:
        bytes.append(UInt8(ascii: " "))
        appendLine(value, to: &bytes, indent: indent)
        return
    }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: column))
    appendNode(value, to: &bytes, indent: column)
}

/// Appends a scalar or an empty collection, with the line end.
private func appendLine(_ node: Node, to bytes: inout [UInt8], indent: Int) {
    appendLeaf(node, to: &bytes, indent: indent)
    bytes.append(UInt8(ascii: "\n"))
}

/// Appends a scalar or an empty collection.
package func appendLeaf(_ node: Node, to bytes: inout [UInt8], indent: Int) {
    switch node.content {
    case .mapping: bytes.append(contentsOf: "{}".utf8)
    case .sequence: bytes.append(contentsOf: "[]".utf8)
    case .scalar(let scalar):
        switch scalar.meaning {
        case .null: appendNull(to: &bytes)
        case .boolean(let value): appendScalar(value, to: &bytes)
        case .integer(let value): appendScalar(value, to: &bytes)
        case .number(let value):
            // Digits beyond a double's are kept; other notations than the decimal one are not read alike by all parsers.
            let text = scalar.text.utf8
            if isDecimal(text) { bytes.append(contentsOf: text) } else { appendScalar(value, to: &bytes) }
        case .string: appendScalar(scalar.text, to: &bytes, indent: indent)
        }
    }
}

/// Tells whether a number is written in decimal notation as JSON has it, without an exponent.
private func isDecimal(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    func takeDigits() -> Int {
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        rest = rest.dropFirst(digits.count)
        return digits.count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let hasLeadingZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits()
    guard whole == 1 || whole > 1 && !hasLeadingZero else { return false }
    guard rest.first == UInt8(ascii: ".") else { return rest.isEmpty }
    rest = rest.dropFirst()
    return takeDigits() > 0 && rest.isEmpty
}
