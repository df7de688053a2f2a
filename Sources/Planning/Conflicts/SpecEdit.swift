import Diagnostics
import Groundwork
import YAML

/// A change of a spec's text.
package struct SpecEdit: Sendable {
    package let edit: TextEdit
    /// The change as a person would write it.
    package let words: String
    /// Whose it is, where that is one model's.
    var model: String?

    init(_ edit: TextEdit, as words: String) {
        self.edit = edit
        self.words = words
    }

    /// What is replaced; empty where something is added.
    var range: SourceRange { edit.range }

    /// Replaces a scalar; `key` names it in words.
    init(_ key: String, _ range: SourceRange, _ text: String) {
        self.init(TextEdit(range, text), as: "\(key): \(text)")
    }

    /// The texts of a spec with the change in the one that it is for, which may be a base.
    package func applied(to source: SpecSource) -> SpecSource {
        let changed = range.file.edited([edit])
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
        self.init(TextEdit(SourceRange(first.file, first.start, last.end), text), as: "\(key): [\(text)]")
    }

    /// Adds an entry to the mapping that holds a value, after it.
    init?(adding entry: String, after value: SourceRange?, as words: String) {
        guard let edit = value.flatMap({ NodeChange.inserting(entry, after: $0).edit }) else { return nil }
        self.init(edit, as: words)
    }
}
