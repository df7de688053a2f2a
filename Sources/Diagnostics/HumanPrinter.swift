/// The human-readable form, laid out like that of rustc: header, place, the line with a caret, notes, help.
package struct HumanPrinter: Sendable {
    /// Whether to use colors for a terminal.
    package let colors: Bool

    package init(colors: Bool) { self.colors = colors }

    /// Writes diagnostics with a blank line after each.
    package func text(of diagnostics: [Diagnostic]) -> String {
        diagnostics.map { text(of: $0) + "\n" }.joined()
    }

    /// Writes one diagnostic.
    private func text(of diagnostic: Diagnostic) -> String {
        let accent: Style = diagnostic.severity == .error ? .error : .warning
        let ranges = ([diagnostic.range] + diagnostic.notes.map(\.range)).compactMap { $0 }
        let width = ranges.map { String($0.lines.upperBound).count }.max() ?? 1
        let gutter = Gutter(width: width, printer: self)
        var lines = [
            paint("\(diagnostic.severity)[\(diagnostic.code)]", accent) + paint(": \(diagnostic.message)", .strong)
        ]
        var parts: [[String]] = []
        if let range = diagnostic.range { lines += gutter.snippet(range, label: diagnostic.label, accent) }
        for note in diagnostic.notes {
            if let range = note.range {
                let header = paint("note", .note) + ": \(note.message)"
                parts.append([header] + gutter.snippet(range, label: note.label, .note))
            } else {
                parts.append([gutter.remark("note", note.message)])
            }
        }
        parts += diagnostic.help.map { [gutter.remark("help", $0.text)] }
        // An empty gutter line sets off a snippet from what follows it.
        var followsSnippet = diagnostic.range != nil
        for part in parts {
            if followsSnippet { lines.append(gutter.empty) }
            lines += part
            followsSnippet = part.count > 1
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A color of a terminal.
    enum Style: String {
        case error = "1;31"
        case warning = "1;33"
        case note = "1;32"
        case frame = "1;34"
        case strong = "1"
    }

    /// Puts a text in a color.
    func paint(_ text: String, _ style: Style) -> String {
        colors && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension SourceRange {
    /// The lines, from 1, that the range touches; a line end at its end does not count.
    var lines: ClosedRange<Int> {
        let first = file.place(of: start).line
        return first...max(first, file.place(of: max(start, end - 1)).line)
    }
}
