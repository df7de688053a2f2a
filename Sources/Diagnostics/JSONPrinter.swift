/// The form for programs: one JSON object a line.
///
/// Lines and columns count from 1, offsets are bytes from 0.
package struct JSONPrinter: Sendable {
    package init() {}

    /// Writes diagnostics, a line each.
    package func text(of diagnostics: [Diagnostic]) -> String {
        diagnostics.map { Self.object($0).line + "\n" }.joined()
    }

    /// Makes the object of a diagnostic; what has no place has no members for it.
    private static func object(_ diagnostic: Diagnostic) -> JSON {
        var members: [(key: String, value: JSON)] = [
            ("severity", .string(diagnostic.severity.rawValue)), ("code", .string(diagnostic.code)),
            ("message", .string(diagnostic.message)),
        ]
        members += place(diagnostic.range)
        members.append(("label", .string(diagnostic.label)))
        let notes = diagnostic.notes.map { note in
            JSON.object([("message", .string(note.message))] + place(note.range) + [("label", .string(note.label))])
        }
        members.append(("notes", .array(notes)))
        members.append(("help", .array(diagnostic.help.map { .string($0.text) })))
        members.append(("proposals", .array(diagnostic.help.enumerated().flatMap(proposals))))
        return .object(members)
    }

    /// Makes an object of each way to do what a line of help proposes; `help` is the index of the line.
    private static func proposals(_ index: Int, _ help: Help) -> [JSON] {
        help.proposals.map { edits in
            let edits = edits.map(JSON.edit)
            return .object([("help", .integer(index)), ("edits", .array(edits))])
        }
    }

    /// Makes the members that say where.
    fileprivate static func place(_ range: SourceRange?) -> [(key: String, value: JSON)] {
        guard let range else { return [] }
        let (first, last) = (range.file.place(of: range.start), range.file.place(of: range.end))
        return [
            ("file", .string(range.file.path)), ("line", .integer(first.line)), ("column", .integer(first.column)),
            ("endLine", .integer(last.line)), ("endColumn", .integer(last.column)), ("start", .integer(range.start)),
            ("end", .integer(range.end)),
        ]
    }
}

extension JSON {
    /// Makes the object of an edit: what it replaces, and by what.
    package static func edit(_ edit: TextEdit) -> JSON {
        .object(JSONPrinter.place(edit.range) + [("text", .string(edit.text))])
    }
}
