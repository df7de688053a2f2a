/// The form for code scanners: one SARIF 2.1.0 log.
package struct SARIFPrinter: Sendable {
    /// The version of the tool that the log names.
    package let version: String

    package init(version: String) { self.version = version }

    /// Writes diagnostics as one log, also when there are none: an empty log clears old alerts.
    package func text(of diagnostics: [Diagnostic]) -> String {
        var codes: [String] = []
        for diagnostic in diagnostics where !codes.contains(diagnostic.code) { codes.append(diagnostic.code) }
        let log: JSON = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "stowage", "version": .string(version),
                            "rules": .array(codes.map { ["id": .string($0)] }),
                        ]
                    ],
                    "columnKind": "unicodeCodePoints",
                    "results": .array(diagnostics.map { result($0, rule: codes.firstIndex(of: $0.code) ?? 0) }),
                ]
            ],
        ]
        return log.page
    }

    /// Makes the result of a diagnostic.
    private func result(_ diagnostic: Diagnostic, rule: Int) -> JSON {
        var message = diagnostic.label.isEmpty ? diagnostic.message : "\(diagnostic.message): \(diagnostic.label)"
        for note in diagnostic.notes where note.range == nil { message += "\nnote: \(note.message)" }
        for help in diagnostic.help { message += "\nhelp: \(help)" }
        var members: [(key: String, value: JSON)] = [
            ("ruleId", .string(diagnostic.code)), ("ruleIndex", .integer(rule)),
            ("level", .string(diagnostic.severity.rawValue)), ("message", ["text": .string(message)]),
        ]
        if let range = diagnostic.range { members.append(("locations", [["physicalLocation": location(range)]])) }
        let related = diagnostic.notes.compactMap { note in
            note.range.map { ["physicalLocation": location($0), "message": ["text": .string(note.message)]] as JSON }
        }
        if !related.isEmpty { members.append(("relatedLocations", .array(related))) }
        return .object(members)
    }

    /// Makes the place of a range; its columns count code points.
    private func location(_ range: SourceRange) -> JSON {
        func place(_ offset: Int) -> (line: Int, column: Int) {
            let line = range.file.place(of: offset).line
            let before = range.file.bytes[range.file.lineStarts[line - 1]..<min(offset, range.file.bytes.count)]
            return (line, before.count { $0 & 0xC0 != 0x80 } + 1)
        }
        let (first, last) = (place(range.start), place(range.end))
        return [
            "artifactLocation": ["uri": .string(uri(range.file.path))],
            "region": [
                "startLine": .integer(first.line), "startColumn": .integer(first.column),
                "endLine": .integer(last.line), "endColumn": .integer(last.column),
                "byteOffset": .integer(range.start), "byteLength": .integer(range.end - range.start),
            ],
        ]
    }

    /// Writes a path as a relative reference.
    private func uri(_ path: String) -> String {
        path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                String(decoding: [byte], as: UTF8.self)
            default: percentCode(byte)
            }
        }.joined()
    }
}
