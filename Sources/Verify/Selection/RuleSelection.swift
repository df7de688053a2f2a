import Diagnostics

/// The rules of a run, and the least severity of findings to report.
package struct RuleSelection: Sendable {
    let rules: [Rule]
    let severity: Diagnostic.Severity

    /// Selects rules by their codes and areas; the second value is a name that is neither.
    package static func of(
        only: [String], except: [String], severity: Diagnostic.Severity
    ) -> (choice: RuleSelection, unknown: String?) {
        let areas = Set(Rule.Area.allCases.map(\.rawValue))
        let codes = Rule.all.map(\.code)
        let (only, except) = (only.map(currentName), except.map(currentName))
        let unknown = (only + except).first { !areas.contains($0) && !codes.contains($0) }
        let rules = Rule.all.filter { rule in
            let names = [rule.code, rule.area.rawValue]
            return (only.isEmpty || names.contains { only.contains($0) }) && !names.contains { except.contains($0) }
        }
        return (RuleSelection(rules: rules, severity: severity), unknown)
    }

    /// The rules whose findings are errors.
    static let errors = RuleSelection(rules: Rule.all.filter { $0.severity == .error }, severity: .error)

    /// Every rule, and every finding.
    package static let all = RuleSelection(rules: Rule.all, severity: .warning)
}

/// Suggests the rule that was most likely meant.
package func ruleMeant(by name: String) -> String? {
    closest(to: name, among: Rule.all.map(\.code) + Rule.Area.allCases.map(\.rawValue))
}

/// Finds a rule by its code or a former one.
package func rule(named code: String) -> Rule? {
    let code = currentName(of: code)
    return Rule.all.first { $0.code == code }
}
