/// A JSON value that keeps the order of its keys.
package indirect enum JSON: Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case array([JSON])
    case object([(key: String, value: JSON)])
}

extension JSON {
    /// The value indented by two spaces.
    package var text: String {
        var out = ""
        write(into: &out, indent: "")
        return out
    }

    private func write(into out: inout String, indent: String) {
        switch self {
        case .string(let text): JSON.quote(text, into: &out)
        case .integer(let value): out += String(value)
        case .number(let value): out += value == value.rounded() ? String(Int(value)) : String(value)
        case .boolean(let value): out += value ? "true" : "false"
        case .array(let items):
            let short = items.allSatisfy { if case .string = $0 { true } else { false } }
            JSON.brackets("[", "]", items, into: &out, indent: indent, oneLine: short) { item, out, inner in
                item.write(into: &out, indent: inner)
            }
        case .object(let entries):
            JSON.brackets("{", "}", entries, into: &out, indent: indent, oneLine: false) { entry, out, inner in
                JSON.quote(entry.key, into: &out)
                out += ": "
                entry.value.write(into: &out, indent: inner)
            }
        }
    }

    private static func brackets<Item>(
        _ open: String, _ close: String, _ items: [Item], into out: inout String, indent: String, oneLine: Bool,
        _ write: (Item, inout String, String) -> Void
    ) {
        let inner = indent + "  "
        let separator = oneLine ? "" : "\n" + inner
        out += open
        for (index, item) in items.enumerated() {
            if index > 0 { out += oneLine ? ", " : "," }
            out += separator
            write(item, &out, inner)
        }
        if !items.isEmpty, !oneLine { out += "\n" + indent }
        out += close
    }

    private static func quote(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}

extension FactValue {
    /// The value as JSON; lists, mappings and records are never defaults of a field.
    var json: JSON {
        switch self {
        case .string(let text): .string(text)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .boolean(let value): .boolean(value)
        case .list, .mapping, .record: .object([])
        }
    }
}
