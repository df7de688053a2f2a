import Diagnostics

/// A law of manifest trees: what an API server accepts, and what does not work all the same.
///
/// The examples are its documentation and its tests: every rejected one is found, exactly where a `↓` stands before it.
package struct Rule: Sendable {
    /// What a rule protects.
    package enum Area: String, Sendable, CaseIterable {
        case structure, scheduling, scaling, monitoring, disruption, sharing, gitops
    }

    /// A slug that reads as "allow *slug*": it names what is wrong, never the cure.
    package let code: String
    package let area: Area
    package let severity: Diagnostic.Severity
    /// What happens to those who break it.
    package let why: String
    /// YAML in which it finds nothing.
    ///
    /// A line `--- # path` begins another file.
    package let accepts: [String]
    /// YAML in which it finds something at each `↓`, and nothing else.
    package let rejects: [String]
    let check: @Sendable (Inventory, inout Findings) -> Void

    init(
        _ code: String, _ area: Area, _ severity: Diagnostic.Severity = .error, why: String, accepts: [String],
        rejects: [String], check: @escaping @Sendable (Inventory, inout Findings) -> Void
    ) {
        self.code = code
        self.area = area
        self.severity = severity
        self.why = why
        self.accepts = accepts
        self.rejects = rejects
        self.check = check
    }

    /// Checks a tree and gives what it finds.
    func findings(in tree: Inventory) -> [Diagnostic] {
        var findings = Findings(self)
        check(tree, &findings)
        return findings.diagnostics
    }
}
