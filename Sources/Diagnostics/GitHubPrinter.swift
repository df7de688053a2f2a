/// The form that GitHub Actions turns into annotations: a workflow command a line.
package struct GitHubPrinter: Sendable {
    package init() {}

    /// Writes diagnostics, a line each.
    package func text(of diagnostics: [Diagnostic]) -> String { diagnostics.map { command($0) + "\n" }.joined() }

    /// Writes one diagnostic; notes and help follow the message on lines of their own.
    private func command(_ diagnostic: Diagnostic) -> String {
        var properties: [(String, String)] = []
        if let range = diagnostic.range {
            let (first, last) = (range.file.place(of: range.start), range.file.place(of: range.end))
            properties = [("file", range.file.path), ("line", "\(first.line)"), ("endLine", "\(last.line)")]
            // GitHub ignores columns where the range has several lines.
            if first.line == last.line { properties += [("col", "\(first.column)"), ("endColumn", "\(last.column)")] }
        }
        properties.append(("title", diagnostic.code))
        let list = properties.map { "\($0)=\(escape($1, ["%", "\r", "\n", ":", ","]))" }.joined(separator: ",")
        var lines = [diagnostic.label.isEmpty ? diagnostic.message : "\(diagnostic.message): \(diagnostic.label)"]
        lines += diagnostic.notes.map { note in
            "note: \(note.message)" + (note.range.map { " (\($0.description))" } ?? "")
        }
        lines += diagnostic.help.map { "help: \($0)" }
        let text = escape(lines.joined(separator: "\n"), ["%", "\r", "\n"])
        return "::\(diagnostic.severity) \(list)::\(text)"
    }

    /// Replaces characters that end a command or a property by their code.
    private func escape(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if special.contains(scalar) {
                result += percentCode(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// Writes a byte as `%2F`.
func percentCode(_ byte: UInt8) -> String { (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true) }
