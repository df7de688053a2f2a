import Diagnostics

/// A rule for trees of manifests: what the API server rejects, and what it accepts but does not work.
///
/// The examples are its documentation and its tests: it reports a finding at each `↓` of the rejected ones.
package struct Rule: Sendable {
    /// The area that a rule covers.
    package enum Area: String, Sendable, CaseIterable {
        case structure, scheduling, scaling, monitoring, disruption, sharing, money, security, gitops
    }

    /// How a rule treats a partial tree, beside other folders, Helm charts or running objects.
    enum PartialTreePolicy: Sendable {
        /// As always: its findings are wrong whatever else exists.
        case report
        /// With a warning.
        case warn
        /// With a warning if something in the tree suggests a mistake; otherwise not at all.
        case warnOnEvidence
    }

    /// A slug that reads as "allow *slug*": it names the problem, never the fix.
    package let code: String
    package let area: Area
    /// How it treats a tree that may be partial.
    let inPartialTree: PartialTreePolicy
    package let severity: Diagnostic.Severity
    /// Whether it checks values such as `${NAME}`, which another program fills in.
    let readsPlaceholders: Bool
    /// What happens if the rule is broken.
    package let why: String
    /// YAML in which it finds nothing.
    ///
    /// A line `--- # path` begins another file.
    package let accepts: [String]
    /// YAML in which it finds something at each `↓`, and nothing else.
    package let rejects: [String]
    let check: @Sendable (Inventory, inout Findings) -> Void

    init(
        _ code: String, _ area: Area, _ severity: Diagnostic.Severity = .error,
        inPartialTree: PartialTreePolicy = .report, readsPlaceholders: Bool = false,
        why: String, accepts: [String], rejects: [String],
        check: @escaping @Sendable (Inventory, inout Findings) -> Void
    ) {
        self.code = code
        self.area = area
        self.severity = severity
        self.inPartialTree = inPartialTree
        self.readsPlaceholders = readsPlaceholders
        self.why = why
        self.accepts = accepts
        self.rejects = rejects
        self.check = check
    }

    /// Checks a tree and returns the diagnostics.
    func findings(in tree: Inventory) -> [Diagnostic] { run(on: tree).diagnostics }

    /// Checks a tree and returns the findings, with the available corrections.
    func run(on tree: Inventory) -> Findings {
        var findings = Findings(self, in: tree.scope)
        check(tree, &findings)
        return findings
    }
}
