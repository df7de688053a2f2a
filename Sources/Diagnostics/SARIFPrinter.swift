/// What a code scanner shows of a rule with its findings.
package struct RuleDescription: Sendable {
    /// One sentence.
    package let short: String
    /// Why it matters, in a sentence or two.
    package let full: String
    /// Everything there is to say, in Markdown.
    package let page: String
    /// The address of the page.
    package let address: String
    package let severity: Diagnostic.Severity?
    /// The groups that it belongs to.
    package let tags: [String]
    /// The codes that it had before.
    package let formerCodes: [String]

    package init(
        short: String, full: String, page: String, address: String, severity: Diagnostic.Severity?, tags: [String],
        formerCodes: [String] = []
    ) {
        self.short = short
        self.full = full
        self.page = page
        self.address = address
        self.severity = severity
        self.tags = tags
        self.formerCodes = formerCodes
    }
}

/// The form for code scanners: one SARIF 2.1.0 log.
package struct SARIFPrinter: Sendable {
    /// The version of the tool that the log names.
    package let version: String
    /// The address of the documentation.
    package let home: String
    /// Describes a rule by its code.
    package let describe: @Sendable (String) -> RuleDescription

    package init(version: String, home: String, describe: @escaping @Sendable (String) -> RuleDescription) {
        self.version = version
        self.home = home
        self.describe = describe
    }

    /// Writes diagnostics as one log, also when there are none: an empty log clears old alerts.
    ///
    /// Each has a fingerprint: what stays the same in it when lines move and files are renamed.
    package func text(of diagnostics: [Diagnostic], fingerprints: [String]) -> String {
        var codes: [String] = []
        for diagnostic in diagnostics where !codes.contains(diagnostic.code) { codes.append(diagnostic.code) }
        var seen: [String: Int] = [:]
        let results = zip(diagnostics, fingerprints).map { diagnostic, fingerprint in
            seen[fingerprint, default: 0] += 1
            return result(
                diagnostic, rule: codes.firstIndex(of: diagnostic.code) ?? 0,
                fingerprint: "\(fingerprint):\(seen[fingerprint] ?? 1)")
        }
        let log: JSON = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "stowage", "version": .string(version), "informationUri": .string(home),
                            "rules": .array(codes.map(rule)),
                        ]
                    ],
                    "columnKind": "unicodeCodePoints",
                    "results": .array(results),
                ]
            ],
        ]
        return log.page
    }

    /// Makes the description of a rule.
    private func rule(_ code: String) -> JSON {
        let description = describe(code)
        let name = code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        var members: [(key: String, value: JSON)] = [
            ("id", .string(code)), ("name", .string(name)),
            ("shortDescription", ["text": .string(description.short)]),
            ("fullDescription", ["text": .string(description.full)]),
            ("help", ["text": .string(description.page), "markdown": .string(description.page)]),
            ("helpUri", .string(description.address)),
        ]
        if let severity = description.severity {
            members.append(("defaultConfiguration", ["level": .string(severity.rawValue)]))
        }
        if !description.formerCodes.isEmpty {
            members.append(("deprecatedIds", .array(description.formerCodes.map { .string($0) })))
        }
        members.append(("properties", ["tags": .array(description.tags.map { .string($0) })]))
        return .object(members)
    }

    /// Makes the result of a diagnostic.
    private func result(_ diagnostic: Diagnostic, rule: Int, fingerprint: String) -> JSON {
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
        // GitHub reads this name alone: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
        members.append(("partialFingerprints", ["primaryLocationLineHash": .string(fingerprint)]))
        let fixes = diagnostic.help.flatMap { help in help.proposals.map { fix(help.text, $0) } }
        if !fixes.isEmpty { members.append(("fixes", .array(fixes))) }
        return .object(members)
    }

    /// Makes one way to mend a result.
    private func fix(_ text: String, _ edits: [TextEdit]) -> JSON {
        var paths: [String] = []
        for edit in edits where !paths.contains(edit.range.file.path) { paths.append(edit.range.file.path) }
        let changes = paths.map { path -> JSON in
            let own = edits.filter { $0.range.file.path == path }
            return [
                "artifactLocation": ["uri": .string(uri(path))],
                "replacements": .array(
                    own.map { ["deletedRegion": region($0.range), "insertedContent": ["text": .string($0.text)]] }),
            ]
        }
        return ["description": ["text": .string(text)], "artifactChanges": .array(changes)]
    }

    /// Makes the place of a range.
    private func location(_ range: SourceRange) -> JSON {
        ["artifactLocation": ["uri": .string(uri(range.file.path))], "region": region(range)]
    }

    /// Makes the stretch of a file; its columns count code points.
    private func region(_ range: SourceRange) -> JSON {
        func place(_ offset: Int) -> (line: Int, column: Int) {
            let line = range.file.place(of: offset).line
            let before = range.file.bytes[range.file.lineStarts[line - 1]..<min(offset, range.file.bytes.count)]
            return (line, before.count { $0 & 0xC0 != 0x80 } + 1)
        }
        let (first, last) = (place(range.start), place(range.end))
        return [
            "startLine": .integer(first.line), "startColumn": .integer(first.column),
            "endLine": .integer(last.line), "endColumn": .integer(last.column),
            "byteOffset": .integer(range.start), "byteLength": .integer(range.end - range.start),
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
