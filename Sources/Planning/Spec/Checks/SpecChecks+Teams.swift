import Diagnostics
import Groundwork
import YAML

/// Checks that models stay within what their teams set in the cluster's spec.
func checkTeams(_ spec: ClusterSpec, _ report: inout Report) {
    reportRepeated(spec.teams.map { ($0.name.value, $0.name.range) }, "the team", &report)
    guard let first = spec.teams.first else { return }
    for team in spec.teams { checkBudget(of: team, spec, &report) }
    for model in spec.models {
        guard let name = model.team else { continue }
        guard let team = spec.teams.first(where: { $0.name.value == name.value }) else {
            let known = spec.teams.map(\.name.value)
            report.error(
                "unknown-team", "the cluster has no team `\(name.value)`", at: name.range, label: "not in its `teams`",
                notes: [.init("the teams are listed here", at: first.name.range)],
                help: closest(to: name.value, among: known).map { [Help(meaning: $0, at: name.range)] }
                    ?? ["use one of the teams \(enumerated(known, "or")), or add it to `teams`"])
            continue
        }
        checkPriority(of: model, team, &report)
        checkLabels(of: model, team, &report)
        checkNamespace(of: model, team, &report)
    }
}

/// Rejects a share of a budget that the cluster does not have.
private func checkBudget(of team: TeamSpec, _ spec: ClusterSpec, _ report: inout Report) {
    guard let budget = team.budget, case .share = budget.value, spec.budget == nil else { return }
    report.error(
        "team-share-without-budget",
        "the budget of the team `\(team.name.value)` is a share, and the cluster has no budget", at: budget.range,
        label: "of no budget",
        help: ["set `budget: {limit: $…/month}` for the cluster, or an amount such as `$20000/month` for the team"])
}

/// Rejects a priority above that of the model's team.
private func checkPriority(of model: ModelSpec, _ team: TeamSpec, _ report: inout Report) {
    guard let ceiling = team.maxPriority, model.priority.value.isAbove(ceiling.value) else { return }
    report.error(
        "priority-above-team", "the priority of `\(model.name.value)` is above `maxPriority` of its team",
        at: model.priority.range ?? model.name.range,
        label: "`\(model.priority.value.rawValue)` is higher than `\(ceiling.value.rawValue)`",
        notes: [.init("the limit of `\(team.name.value)` is set here", at: ceiling.range)],
        help: [
            Help(
                "set `priority: \(ceiling.value.rawValue)`",
                model.setting("priority", to: ceiling.value.rawValue))
        ])
}

/// Rejects labels that contradict those of the model's team.
private func checkLabels(of model: ModelSpec, _ team: TeamSpec, _ report: inout Report) {
    for label in team.labels {
        guard let own = model.metadata.labels.first(where: { $0.key.value == label.key.value }),
            own.value.value != label.value.value
        else { continue }
        report.error(
            "label-of-another-team",
            "the label `\(label.key.value)` of `\(model.name.value)` is `\(own.value.value)`, not that of its team",
            at: own.value.range, label: "must be `\(label.value.value)`",
            notes: [.init("the label of `\(team.name.value)` is set here", at: label.value.range)],
            help: [Help("remove the label", .removing(own.value.range))])
    }
}

/// Rejects a namespace other than that of the model's team.
private func checkNamespace(of model: ModelSpec, _ team: TeamSpec, _ report: inout Report) {
    guard let namespace = team.namespace, namespace.value != model.namespace.value else { return }
    report.error(
        "namespace-of-another-team",
        "the namespace of `\(model.name.value)` is `\(model.namespace.value)`, not that of its team",
        at: model.namespace.range ?? model.name.range, label: "must be `\(namespace.value)`",
        notes: [.init("the namespace of `\(team.name.value)` is set here", at: namespace.range)],
        help: [Help("remove `namespace`", .removing(model.namespace.range))])
}

extension Priority {
    /// Whether pods of this priority preempt those of another.
    fileprivate func isAbove(_ other: Priority) -> Bool {
        Self.allCases.prefix { $0 != other }.contains(self)
    }
}
