import Diagnostics

/// A law of manifest trees: what an API server accepts, and what does not work all the same.
///
/// The examples are its documentation and its tests: every rejected one is found, exactly where a `↓` stands before it.
package struct Rule: Sendable {
    /// What a rule protects.
    package enum Area: String, Sendable, CaseIterable {
        case structure, scheduling, scaling, monitoring, disruption, sharing, money, security, gitops
    }

    /// How a rule judges a tree beside which there may be more: other folders, Helm charts, what runs already.
    enum Elsewhere: Sendable {
        /// As ever: what it finds is wrong whatever else there is.
        case regardless
        /// With a warning.
        case mildly
        /// With a warning where something in the tree speaks for a mistake, and else not at all.
        case onEvidence
    }

    /// A slug that reads as "allow *slug*": it names what is wrong, never the cure.
    package let code: String
    package let area: Area
    /// How it judges a tree that need not be all there is.
    let elsewhere: Elsewhere
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
        _ code: String, _ area: Area, _ severity: Diagnostic.Severity = .error, elsewhere: Elsewhere = .regardless,
        why: String, accepts: [String], rejects: [String],
        check: @escaping @Sendable (Inventory, inout Findings) -> Void
    ) {
        self.code = code
        self.area = area
        self.severity = severity
        self.elsewhere = elsewhere
        self.why = why
        self.accepts = accepts
        self.rejects = rejects
        self.check = check
    }

    /// Checks a tree and gives what it finds.
    func findings(in tree: Inventory) -> [Diagnostic] { judge(tree).diagnostics }

    /// Checks a tree and gives what it finds, with the corrections that can be made.
    func judge(_ tree: Inventory) -> Findings {
        var findings = Findings(self, isClosed: tree.scope.isClosed)
        check(tree, &findings)
        return findings
    }
}
