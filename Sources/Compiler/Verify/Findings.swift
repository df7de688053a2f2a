import Diagnostics

/// What one rule has found so far.
struct Findings {
    private let rule: Rule
    private(set) var diagnostics: [Diagnostic] = []

    init(_ rule: Rule) { self.rule = rule }

    /// Adds a finding, under the rule's code and severity.
    mutating func add(
        _ message: String, at place: SourceRange, label: String = "", notes: [Diagnostic.Note] = [], help: String? = nil
    ) {
        let help = help.map { [$0] } ?? []
        diagnostics.append(
            Diagnostic(rule.severity, rule.code, message, at: place, label: label, notes: notes, help: help))
    }
}
