import Diagnostics

/// What one rule has found so far.
struct Findings {
    private let rule: Rule
    /// Whether the tree is all there is.
    private let isClosed: Bool
    private(set) var diagnostics: [Diagnostic] = []

    init(_ rule: Rule, isClosed: Bool) {
        self.rule = rule
        self.isClosed = isClosed
    }

    /// Adds a finding, under the rule's code and severity.
    ///
    /// Evidence is what speaks for a mistake where the missing part may be elsewhere; a similar name is some.
    mutating func add(
        _ message: String, at place: SourceRange, label: String = "", notes: [Diagnostic.Note] = [],
        help: String? = nil, evidence: Bool? = nil
    ) {
        var severity = rule.severity
        if !isClosed {
            switch rule.elsewhere {
            case .regardless: break
            case .mildly: severity = .warning
            case .onEvidence:
                guard evidence ?? (help != nil) else { return }
                severity = .warning
            }
        }
        let help = help.map { [$0] } ?? []
        diagnostics.append(
            Diagnostic(severity, rule.code, message, at: place, label: label, notes: notes, help: help))
    }
}
