import YAML

extension ManifestWriter {
    /// Writes the items of a list; it begins in the column of its key.
    mutating func write(_ items: [TemplateNode.Item], _ scope: Scope, _ position: Position, column: Int) -> Outcome {
        let indent = position == .key ? column : column + 2
        var isFirst = true
        for item in items { write(item, scope, position, indent, &isFirst) }
        return isFirst ? writeEmpty("[]", position) : .written
    }

    /// Writes the entries of a mapping; it begins two columns to the right of its key.
    mutating func write(_ entries: [TemplateNode.Entry], _ scope: Scope, _ position: Position, column: Int) -> Outcome {
        var isFirst = true
        for entry in entries { write(entry, scope, position, column + 2, &isFirst) }
        return isFirst ? writeEmpty("{}", position) : .written
    }

    /// Writes an item as often as its gate repeats it.
    mutating func write(
        _ item: TemplateNode.Item, _ scope: Scope, _ position: Position, _ indent: Int, _ isFirst: inout Bool
    ) {
        guard let gate = item.gate else { return writeOnce(item, scope, position, indent, &isFirst) }
        gate.forEach(scope) { inner in
            writeOnce(item, inner, position, indent, &isFirst)
            return true
        }
    }

    /// Writes an entry as often as its gate repeats it.
    mutating func write(
        _ entry: TemplateNode.Entry, _ scope: Scope, _ position: Position, _ indent: Int, _ isFirst: inout Bool
    ) {
        guard let gate = entry.gate else { return writeOnce(entry, scope, position, indent, &isFirst) }
        gate.forEach(scope) { inner in
            writeOnce(entry, inner, position, indent, &isFirst)
            return true
        }
    }

    private mutating func writeOnce(
        _ item: TemplateNode.Item, _ scope: Scope, _ position: Position, _ indent: Int, _ isFirst: inout Bool
    ) {
        let before = bookmark
        step(position, indent, isFirst)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(UInt8(ascii: " "))
        if write(item.value, scope, .dash, column: indent) == .absent { goBack(before) } else { isFirst = false }
    }

    private mutating func writeOnce(
        _ entry: TemplateNode.Entry, _ scope: Scope, _ position: Position, _ indent: Int, _ isFirst: inout Bool
    ) {
        let before = bookmark
        step(position, indent, isFirst)
        let start = bytes.count
        switch entry.key.content {
        case .literal(_, let encoded):
            bytes += encoded
            ledger?.note(.literal(entry.key.range), from: start, in: bytes)
        case .text(let text):
            guard let key = text.filled(in: scope) else { return goBack(before) }
            appendKey(key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            ledger?.note(.literal(entry.key.range), from: start, in: bytes)
            ledger?.note(text, scope, from: start, in: bytes)
        }
        switch write(entry.value, scope, .key, column: indent) {
        case .absent: goBack(before)
        case .empty where entry.dropsWhenEmpty: goBack(before)
        case .empty, .written: isFirst = false
        }
    }

    /// Writes a list or mapping without anything in it.
    mutating func writeEmpty(_ brackets: StaticString, _ position: Position) -> Outcome {
        _ = begin(position)
        bytes += UnsafeBufferPointer(start: brackets.utf8Start, count: brackets.utf8CodeUnitCount)
        bytes.append(UInt8(ascii: "\n"))
        return .empty
    }

    /// Goes to where the next item or entry begins: the first one after a dash is on the line of the dash.
    mutating func step(_ position: Position, _ indent: Int, _ isFirst: Bool) {
        if isFirst {
            guard position == .key else { return }
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }

    /// A place to which writing may go back.
    private var bookmark: (bytes: Int, marks: Int) { (bytes.count, ledger?.marks.count ?? 0) }

    private mutating func goBack(_ place: (bytes: Int, marks: Int)) {
        bytes.removeLast(bytes.count - place.bytes)
        ledger?.goBack(to: place.marks)
    }
}
