import Diagnostics

/// A plan under changed circumstances, or the reasons why there is none.
package struct Scenario: Sendable {
    package let title: String
    package let plan: Plan?
    /// The errors, if there is no plan.
    package let rejections: [String]
    /// Replicas of each model that remain when zones are lost, before new ones run; empty if none is lost.
    package let left: [String: Remainder]
}

/// Plans a spec unchanged, and under each combination of changes; nil if it cannot be planned even unchanged.
///
/// The budget applies to today's plan only: a scenario above it is shown as such.
package func compare(_ spec: ClusterSpec, _ combinations: [[WhatIf]], _ report: inout Report) -> [Scenario]? {
    guard let today = plan(spec, &report) else { return nil }
    var scenarios = [Scenario(title: "today", plan: today, rejections: [], left: [:])]
    for changes in combinations {
        var own = Report()
        var changed = spec.under(changes, &report)
        (changed.budget, changed.teams) = (nil, [])
        let other = plan(changed, &own)
        scenarios.append(
            Scenario(
                title: changes.map(\.words).joined(separator: ", "), plan: other,
                rejections: own.diagnostics.filter { $0.severity == .error }.map(\.message),
                left: left(changes, of: spec, today)))
    }
    return report.hasErrors ? nil : scenarios
}
