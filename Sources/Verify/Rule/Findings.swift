import Diagnostics

/// The findings of one rule so far.
struct Findings {
    private let rule: Rule
    /// Whether the tree is complete.
    private let isClosed: Bool
    /// Whether a placeholder of a template has its value.
    private let isRendered: Bool
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var corrections: [Correction] = []

    init(_ rule: Rule, in scope: TreeScope) {
        self.rule = rule
        isClosed = scope.isClosed
        isRendered = scope.isRendered
    }

    /// Adds a finding, under the rule's code and severity.
    ///
    /// Evidence suggests a mistake where the missing part may be elsewhere, such as a similar name. A finding is not certain
    /// if it needs two objects that may not be meant for one cluster; in a partial tree it is a warning. A fix must keep the
    /// intended meaning, and is used only if all of its edits can be made.
    mutating func add(
        _ message: String, at place: SourceRange, label: String = "", notes: [Diagnostic.Note] = [],
        help: String? = nil, evidence: Bool? = nil, isCertain: Bool = true, fix: [TextEdit?] = []
    ) {
        if !isRendered, !rule.readsPlaceholders, place.isPlaceholder { return }
        var severity = rule.severity
        if !isClosed {
            switch rule.inPartialTree {
            case .report: if !isCertain { severity = .warning }
            case .warn: severity = .warning
            case .warnOnEvidence:
                guard evidence ?? (help != nil) else { return }
                severity = .warning
            }
        }
        let edits = fix.compactMap { $0 }
        let isWhole = !edits.isEmpty && edits.count == fix.count
        if isWhole { corrections.append(Correction(code: rule.code, place: place, edits: edits)) }
        let help = help.map { text in [Help(text) { isWhole ? [edits] : [] }] } ?? []
        diagnostics.append(
            Diagnostic(severity, rule.code, message, at: place, label: label, notes: notes, help: help))
    }
}

extension SourceRange {
    /// Whether it holds a value that another program fills in, and nothing else, so that it cannot be checked yet.
    fileprivate var isPlaceholder: Bool {
        let bytes = file.bytes
        guard start >= 0, start < end, end <= bytes.count, end - start <= 200,
            bytes[start..<end].contains(where: {
                $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "_")
            })
        else { return false }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        let value = text.drop { $0 == "\"" || $0 == "'" }.prefix { $0 != "\"" && $0 != "'" }
        // Flow mappings and scripts have spaces outside of the braces.
        if value.first == "{" && !value.hasPrefix("{{") { return false }
        let plain = value.replacing(/\$?\{\{?[^{}]*\}?\}/, with: "")
        return hasPlaceholder(String(value)) && !plain.contains { $0 == " " || $0 == "\n" }
    }
}
