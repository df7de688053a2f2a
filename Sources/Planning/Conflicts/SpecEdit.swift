import Diagnostics
import Groundwork
import YAML

/// An edit of a spec's text.
package struct SpecEdit: Sendable {
    package let edit: TextEdit
    /// The change as the user would write it.
    package let words: String
    /// The model that it changes, if it is one.
    var model: String?
    /// Whether the user has to write something other than the text that was tried, such as a place that only they know.
    var isPattern = false
    /// What else has to be true for the edit to help.
    var condition: String?

    /// The change in words, as code, with its condition.
    var quotedWords: String { "`\(words)`" + (condition.map { " \($0)" } ?? "") }

    init(_ edit: TextEdit, as words: String, isLeftOut: Bool = false) {
        self.edit = edit
        self.words = words
        if isLeftOut { condition = "removed" }
    }

    /// What is replaced; empty if something is added.
    var range: SourceRange { edit.range }

    /// Replaces a scalar; `key` names it in words.
    init(_ key: String, _ range: SourceRange, _ text: String) {
        self.init(TextEdit(range, text), as: "\(key): \(text)")
    }

}

extension SpecSource {
    /// A spec with edits, each applied to its own file, which may be a base or the file of a team.
    package func applying(_ edits: [SpecEdit]) -> SpecSource {
        func changed(_ file: SourceFile) -> SourceFile {
            let own = edits.map(\.edit).filter { $0.range.file === file }
            return own.isEmpty ? file : file.edited(own)
        }
        return SpecSource(
            changed(file), bases: bases.map(changed), included: included.map(changed), companions: companions)
    }
}

extension SpecEdit {
    /// Replaces the values of a list, which may become empty only if it is written in brackets.
    init?(_ key: String, list: [Traced<String>], _ values: [String]) {
        guard let first = list.first?.range, let last = list.last?.range else { return nil }
        if values.isEmpty {
            let before = first.file.bytes[..<first.start].last { $0 != UInt8(ascii: " ") }
            guard before == UInt8(ascii: "[") else { return nil }
        }
        let text = values.joined(separator: ", ")
        self.init(TextEdit(SourceRange(first.file, first.start, last.end), text), as: "\(key): [\(text)]")
    }

    /// Sets a field of a model; nil if the text to change is elsewhere, such as behind an alias.
    init?(_ model: ModelSpec, _ path: String..., to text: String, as words: String) {
        guard let edit = NodeChange.setting(path, to: text, beside: model.name.range ?? model.range).edit else {
            return nil
        }
        self.init(edit, as: words)
        self.model = model.name.value
    }
}
