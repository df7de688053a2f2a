import Diagnostics

/// A JSON document under way, two spaces a level: what `$json` puts into a string.
struct JSONWriter {
    var bytes: [UInt8] = []
    var ledger: LineLedger?
    /// Blanks before every line but the first: those of a block in YAML.
    private let margin: Int

    init(records: Bool, margin: Int = 0) {
        ledger = records ? LineLedger() : nil
        self.margin = margin
    }

    mutating func write(_ value: ManifestValue, indent: Int) {
        switch value.kind {
        case .list:
            var hasItems = false
            bytes.append(UInt8(ascii: "["))
            value.forEachItem { item in
                beginElement(&hasItems, indent)
                write(item, indent: indent + 2)
            }
            if hasItems { breakLine(indent) }
            bytes.append(UInt8(ascii: "]"))
        case .mapping:
            var hasEntries = false
            bytes.append(UInt8(ascii: "{"))
            value.forEachEntry { key, place, member in
                beginElement(&hasEntries, indent)
                let start = bytes.count
                appendJSONString(key, to: &bytes)
                ledger?.note(.literal(place), from: start, in: bytes)
                bytes += ": ".utf8
                write(member(), indent: indent + 2)
                return true
            }
            if hasEntries { breakLine(indent) }
            bytes.append(UInt8(ascii: "}"))
        case .null, .boolean, .integer, .number, .string: writeScalar(value)
        }
    }

    private mutating func writeScalar(_ value: ManifestValue) {
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

    /// Ends the element before, if there is one, and begins the line of the next.
    private mutating func beginElement(_ hasElements: inout Bool, _ indent: Int) {
        if hasElements { bytes.append(UInt8(ascii: ",")) }
        hasElements = true
        breakLine(indent + 2)
    }

    private mutating func breakLine(_ indent: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: margin + indent))
    }

    private mutating func note(_ value: ManifestValue, from start: Int) {
        guard ledger != nil else { return }
        switch value.storage {
        case .fact(let fact, let node): ledger?.note(.placeholder(node, fact), from: start, in: bytes)
        case .text(_, let node, let scope):
            if case .text(let text) = node.content { ledger?.note(text, scope, from: start, in: bytes) }
            ledger?.note(.literal(node.range), from: start, in: bytes)
        case .template, .node, .list, .mapping: ledger?.note(.literal(value.place), from: start, in: bytes)
        }
    }
}
