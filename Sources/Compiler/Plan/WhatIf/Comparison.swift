import Diagnostics

/// A plan under changed circumstances, or the reasons why there is none.
package struct Scenario: Sendable {
    package let title: String
    package let plan: Plan?
    /// Errors where there is no plan.
    package let refusals: [String]
    /// Replicas of each model that stay when a zone goes, before new ones run; empty where none goes.
    package let left: [String: Int]
}

/// Plans a spec as it is, and under each combination of changes; nil where it cannot be had even as it is.
///
/// The budget bounds today's plan alone: a scenario above it is shown as such.
package func compare(_ spec: ClusterSpec, _ combinations: [[WhatIf]], _ report: inout Report) -> [Scenario]? {
    guard let today = plan(spec, &report) else { return nil }
    var scenarios = [Scenario(title: "today", plan: today, refusals: [], left: [:])]
    for changes in combinations {
        var own = Report()
        var changed = spec.under(changes, &report)
        changed.budget = nil
        let other = plan(changed, &own)
        scenarios.append(
            Scenario(
                title: changes.map(\.words).joined(separator: ", "), plan: other,
                refusals: own.diagnostics.filter { $0.severity == .error }.map(\.message),
                left: zonesLost(changes) == 0 ? [:] : left(today, zonesLost(changes))))
    }
    return report.hasErrors ? nil : scenarios
}

private func zonesLost(_ changes: [WhatIf]) -> Int {
    changes.count { if case .lostZone = $0 { true } else { false } }
}

/// Replicas that stay of the minimum when some zones go, each with its even part of the nodes, and those full.
private func left(_ plan: Plan, _ lost: Int) -> [String: Int] {
    let zones = max(1, plan.spec.platform.zones.count)
    let pairs = plan.models.map { model -> (String, Int) in
        let placement = model.placement
        let nodes = lost * ((placement.baseNodes + zones - 1) / zones)
        return (model.name, placement.minReplicas.value - nodes * placement.onOneNode)
    }
    return Dictionary(pairs.map { ($0.0, max(0, $0.1)) }) { first, _ in first }
}
