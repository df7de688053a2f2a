import Diagnostics

/// A JSON document under way, two spaces a level: what `$json` puts into a string.
struct JSONWriter {
    var bytes: [UInt8] = []
    var ledger: LineLedger?

    init(records: Bool) { ledger = records ? LineLedger() : nil }

    mutating func write(_ value: Value, indent: Int) {
        if let items = value.items { return write(items, "[", "]", indent) { $0.write($1, indent: indent + 2) } }
        if let entries = value.entries {
            return write(entries, "{", "}", indent) { writer, entry in
                let start = writer.bytes.count
                appendJSONString(entry.key, to: &writer.bytes)
                writer.ledger?.note(.literal(entry.keyPlace), from: start, in: writer.bytes)
                writer.bytes += ": ".utf8
                writer.write(entry.value, indent: indent + 2)
            }
        }
        let start = bytes.count
        switch value.scalar {
        case .boolean(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .number(let number) where number.isFinite: appendNumber(number, to: &bytes)
        case .string: appendJSONString(value.text ?? "", to: &bytes)
        case .null, .number, nil: bytes += "null".utf8
        }
        note(value, from: start)
    }

    private mutating func write<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ indent: Int,
        _ body: (inout JSONWriter, Element) -> Void
    ) {
        bytes += open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(indent + 2)
            body(&self, element)
        }
        if !elements.isEmpty { breakLine(indent) }
        bytes += close.utf8
    }

    private mutating func breakLine(_ indent: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }

    private mutating func note(_ value: Value, from start: Int) {
        guard ledger != nil else { return }
        switch value.storage {
        case .fact(let fact, let node): ledger?.note(.hole(node, fact), from: start, in: bytes)
        case .text(_, let node, let scope):
            if case .text(let text) = node.content { ledger?.note(text, scope, from: start, in: bytes) }
            ledger?.note(.literal(node.range), from: start, in: bytes)
        case .template, .node: ledger?.note(.literal(value.place), from: start, in: bytes)
        }
    }
}
