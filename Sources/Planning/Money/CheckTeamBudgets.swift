import Diagnostics
import Groundwork

/// The limit of a team's worst-case cost: an amount, or a share of the cluster's budget.
func teamBudget(_ team: TeamSpec, _ spec: ClusterSpec) -> Traced<Double>? {
    guard let budget = team.budget else { return nil }
    let name = team.name.value
    switch budget.value {
    case .amount(let amount): return Traced(amount, budget.origin)
    case .share(let share):
        return spec.budget.map { whole in
            let part = Traced(share, budget.origin).named("share of \(name)", "ratio")
            return Traced((part * whole.limit.named("budget", "$/month")).rounded(2))
        }
    }
}

/// Rejects teams whose models may cost more than the budget of the team.
func checkTeamBudgets(_ costs: [OwnerCost], _ spec: ClusterSpec, _ report: inout Report) {
    for cost in costs {
        guard let limit = cost.budget, cost.worstPerMonth.value > limit.value, let greatest = cost.greatest,
            let team = spec.teams.first(where: { $0.name.value == cost.name })
        else { continue }
        let needed = dollars(cost.worstPerMonth.value.rounded(.up))
        var notes = [Diagnostic.Note("the budget of `\(cost.name)` is set here", at: team.budget?.range)]
        if case .share = team.budget?.value {
            notes.append(.init("the budget of the cluster is set here", at: spec.budget?.limit.range))
        }
        report.error(
            "team-budget-exceeded",
            "the models of the team `\(cost.name)` cost \(needed) per month in the worst case, more than its budget of \(dollars(limit.value))",
            at: greatest.model.name.range, label: "the most expensive of them, \(dollars(greatest.worst)) per month",
            notes: notes,
            help: [
                "lower the peak traffic or `replicas: {max: …}` of its models, or set a budget of at least `$\(Int(cost.worstPerMonth.value.rounded(.up)))/month`"
            ])
    }
}
