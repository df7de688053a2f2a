import Diagnostics

extension Node {
    /// Finds the edit that gives what a path of keys leads to a value; what the path names and is not there is added.
    func setting(_ path: ArraySlice<String>, to text: String) -> TextEdit? {
        guard let entries, let key = path.first else { return nil }
        let rest = path.dropFirst()
        guard let index = entries.firstIndex(where: { $0.key == key }) else {
            return adding("\(key): \(nested(rest, text))")
        }
        let value = entries[index].value
        guard range.start <= entries[index].keyRange.start, value.range.end <= range.end, !value.isEmpty else {
            return nil
        }
        if !rest.isEmpty, value.entries != nil { return value.setting(rest, to: text) }
        let file = value.range.file
        let isBlock = (value.entries ?? []).isEmpty && (value.items ?? []).isEmpty ? false : !value.isFlow
        return isBlock
            ? TextEdit(SourceRange(file, entries[index].keyRange.end, value.range.end), ": \(nested(rest, text))")
            : TextEdit(value.range, nested(rest, text))
    }

    /// Finds the edit that adds an entry to a mapping, at its end.
    private func adding(_ entry: String) -> TextEdit? {
        guard let last = entries?.indices.last else { return isFlow ? TextEdit(range, "{\(entry)}") : nil }
        return TrailStep(collection: self, index: last).inserting(entry)
    }

    /// Whether nothing is written here.
    private var isEmpty: Bool { range.start == range.end }
}

/// Writes a value under keys, each in the mapping of the one before.
private func nested(_ path: ArraySlice<String>, _ text: String) -> String {
    path.reversed().reduce(text) { "{\($1): \($0)}" }
}

extension TrailStep {
    /// Finds the edit that puts an entry or item behind this one, laid out like it.
    func inserting(_ text: String) -> TextEdit? {
        let file = collection.range.file
        let end = value.range.end
        if collection.isFlow { return TextEdit(SourceRange(file, end, end), ", \(text)") }
        // An item's line begins with its dash, as do those of its neighbors; an entry's may begin with that of its item.
        let line = file.lineStarts[file.place(of: start).line - 1]
        let before = file.bytes[line..<start]
        guard before.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else { return nil }
        let indent =
            collection.items == nil
            ? String(repeating: " ", count: before.count) : String(decoding: before, as: UTF8.self)
        let lineEnd = file.bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
        return TextEdit(SourceRange(file, lineEnd, lineEnd), "\n\(indent)\(text)")
    }

    /// The stretch of the entry or item with its separator; nil where it has none.
    var extent: SourceRange? {
        let file = collection.range.file
        if !collection.isFlow {
            let line = file.lineStarts[file.place(of: start).line - 1]
            let lead = file.bytes[line..<start]
            let isOwnLine = lead.allSatisfy {
                $0 == UInt8(ascii: " ") || collection.items != nil && $0 == UInt8(ascii: "-")
            }
            if isOwnLine {
                let lineEnd = file.bytes[value.range.end...].firstIndex(of: UInt8(ascii: "\n"))
                return SourceRange(file, line, lineEnd.map { $0 + 1 } ?? file.bytes.count)
            }
        }
        if let next = neighbor(1) { return SourceRange(file, start, next.start) }
        return neighbor(-1).map { SourceRange(file, $0.value.range.end, value.range.end) }
    }
}

/// Finds the edit that takes out the last step of a trail; what holds nothing else goes with it.
func removal(_ trail: some BidirectionalCollection<TrailStep>) -> TextEdit? {
    guard let step = trail.last else { return nil }
    guard step.count > 1 else {
        let outer = trail.dropLast()
        return outer.last?.collection.entries == nil ? nil : removal(Array(outer))
    }
    return step.extent.map { TextEdit($0, "") }
}
