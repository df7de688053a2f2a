import YAML

/// Writes a mapping as lines of YAML, each value with its comment.
package func lines(_ value: SpecValue) -> String {
    var lines: [(text: String, comment: String)] = []
    write(value, indent: 0, to: &lines)
    // Comments stand in one column, unless a line is long.
    let width = lines.filter { !$0.comment.isEmpty && $0.text.count <= 72 }.map(\.text.count).max() ?? 0
    return lines.map { text, comment in
        guard !comment.isEmpty else { return text + "\n" }
        let gap = String(repeating: " ", count: max(3, width + 3 - text.count))
        return "\(text)\(gap)# \(comment)\n"
    }.joined()
}

/// Writes a value below its key.
private func write(_ value: SpecValue, indent: Int, to lines: inout [(text: String, comment: String)]) {
    let margin = String(repeating: " ", count: indent)
    switch value.content {
    case .scalar(let text): lines.append((margin + text, value.comment))
    case .block(let text): lines.append((margin + block(text, indent: indent), value.comment))
    case .mapping(let entries):
        for entry in entries { write(entry.value, after: margin + key(entry.key) + ":", indent: indent, to: &lines) }
    case .list(let items):
        for item in items {
            if let text = inLine(item) {
                lines.append(("\(margin)- \(text)", item.comment))
            } else {
                var nested: [(text: String, comment: String)] = []
                write(item, indent: indent + 2, to: &nested)
                if let first = nested.first {
                    nested[0].text = margin + "- " + first.text.dropFirst(indent + 2)
                    if first.comment.isEmpty { nested[0].comment = item.comment }
                }
                lines += nested
            }
        }
    }
}

/// Writes the value of a key: in its line if it is short, else below it.
private func write(
    _ value: SpecValue, after key: String, indent: Int, to lines: inout [(text: String, comment: String)]
) {
    if case .block(let text) = value.content {
        lines.append(("\(key) \(block(text, indent: indent + 2))", ""))
    } else if let text = inLine(value), text.count + key.count <= 110 || !value.isNested {
        lines.append(("\(key) \(text)", value.comment))
    } else {
        lines.append((key, value.comment))
        write(value, indent: indent + 2, to: &lines)
    }
}

/// A value in one line; nil if something in it has a comment or several lines.
private func inLine(_ value: SpecValue) -> String? {
    switch value.content {
    case .scalar(let text): return text
    case .block: return nil
    case .list(let items):
        guard items.allSatisfy(\.comment.isEmpty) else { return nil }
        let texts = items.compactMap(inLine)
        return texts.count == items.count ? "[\(texts.joined(separator: ", "))]" : nil
    case .mapping(let entries):
        guard entries.allSatisfy(\.value.comment.isEmpty) else { return nil }
        let texts = entries.compactMap { entry in inLine(entry.value).map { "\(key(entry.key)): \($0)" } }
        return texts.count == entries.count ? "{\(texts.joined(separator: ", "))}" : nil
    }
}

/// A key as it is written.
private func key(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendFlowScalar(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// Several lines as a literal block, or quoted where that is not possible.
private func block(_ text: String, indent: Int) -> String {
    var bytes: [UInt8] = []
    appendScalar(text, to: &bytes, indent: indent - 2)
    return String(decoding: bytes, as: UTF8.self)
}

extension SpecValue {
    /// Whether it is a list or a mapping.
    fileprivate var isNested: Bool {
        switch content {
        case .scalar, .block: false
        case .list, .mapping: true
        }
    }
}
