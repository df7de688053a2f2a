import Diagnostics

/// A change of a spec's text.
package struct SpecEdit: Sendable {
    /// What is replaced; empty where something is added.
    package let range: SourceRange
    package let text: String
    /// The change as a person would write it.
    package let words: String
    /// Whose it is, where that is one model's.
    var model: String?

    init(_ range: SourceRange, _ text: String, as words: String) {
        self.range = range
        self.text = text
        self.words = words
    }

    /// Replaces a scalar; `key` names it in words.
    init(_ key: String, _ range: SourceRange, _ text: String) {
        self.init(range, text, as: "\(key): \(text)")
    }

    /// The texts of a spec with the change in the one that it is for, which may be a base.
    package func applied(to source: SpecSource) -> SpecSource {
        let bytes = range.file.bytes
        let changed = SourceFile(
            path: range.file.path, bytes: Array(bytes[..<range.start]) + Array(text.utf8) + Array(bytes[range.end...]))
        func current(_ file: SourceFile) -> SourceFile { file === range.file ? changed : file }
        return SpecSource(current(source.file), bases: source.bases.map(current))
    }
}

extension SpecEdit {
    /// Replaces the values of a list, which may be empty afterwards only if it is written in brackets.
    init?(_ key: String, list: [Traced<String>], _ values: [String]) {
        guard let first = list.first?.range, let last = list.last?.range else { return nil }
        if values.isEmpty {
            let before = first.file.bytes[..<first.start].last { $0 != UInt8(ascii: " ") }
            guard before == UInt8(ascii: "[") else { return nil }
        }
        let text = values.joined(separator: ", ")
        self.init(SourceRange(first.file, first.start, last.end), text, as: "\(key): [\(text)]")
    }

    /// Adds an entry to the mapping that holds a scalar, after it.
    init?(adding entry: String, after scalar: SourceRange?, as words: String) {
        guard let scalar else { return nil }
        let file = scalar.file
        let line = file.lineStarts[scalar.line - 1]
        let before = file.bytes[line..<scalar.start]
        guard let colon = before.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let indent = before.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }.count
        let isBlock = !before[(line + indent)..<colon].contains { [UInt8(ascii: "{"), UInt8(ascii: ",")].contains($0) }
        if isBlock {
            let end = file.bytes[scalar.end...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
            let text = "\n" + String(repeating: " ", count: indent) + entry
            self.init(SourceRange(file, end, end), text, as: words)
        } else {
            self.init(SourceRange(file, scalar.end, scalar.end), ", " + entry, as: words)
        }
    }
}
