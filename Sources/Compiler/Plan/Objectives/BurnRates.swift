/// A service-level objective: what share of events may be bad, and how bad events are measured in a window.
struct Objective {
    let name: String
    let title: String
    /// The share of good events promised.
    let target: Traced<Double>
    /// PromQL for the share of bad events in a window.
    let errorRatio: (_ window: String) -> Traced<String>
}

/// Recording rules and alerts of one objective, with the names that Sloth gives.
func objectiveGroups(of objective: Objective, _ model: String) -> [RuleGroup] {
    let id = "\(model)-\(objective.name)"
    let identity = [("sloth_id", id), ("sloth_service", model), ("sloth_slo", objective.name)]
    let which = PromQL.braced(identity.map(PromQL.Matcher.equals))
    let budget = objective.target.map { rounded(1 - $0, decimals: 6) }
    func ratio(_ window: String) -> String { "slo:sli_error:ratio_rate\(window)\(which)" }

    var recordings = BurnWindow.recorded.map { window in
        PrometheusRule.record(
            "slo:sli_error:ratio_rate\(window)", objective.errorRatio(window), identity + [("sloth_window", window)])
    }
    let month = "sum_over_time(\(ratio("5m"))[30d]) / ignoring (sloth_window) count_over_time(\(ratio("5m"))[30d])"
    recordings.append(
        .record(
            "slo:sli_error:ratio_rate30d", Traced(month, .convention("the mean of the five-minute ratios")),
            identity + [("sloth_window", "30d")]))
    let promised = objective.target.map { PromQL.number($0 * 100) }
    let meta: [PrometheusRule] = [
        .record("slo:objective:ratio", objective.target.map { "vector(\(PromQL.number($0)))" }, identity),
        .record("slo:error_budget:ratio", budget.map { "vector(\(PromQL.number($0)))" }, identity),
        .record("slo:time_period:days", Traced("vector(30)", .convention("the period of the burn windows")), identity),
        .record(
            "slo:current_burn_rate:ratio",
            budget.map { "\(ratio("5m")) / \(PromQL.number($0))" }, identity),
        .record(
            "slo:period_burn_rate:ratio", budget.map { "\(ratio("30d")) / \(PromQL.number($0))" }, identity),
        .record(
            "slo:period_error_budget_remaining:ratio",
            budget.map { "1 - \(ratio("30d")) / \(PromQL.number($0))" }, identity),
        .record(
            "sloth_slo_info", promised.map { _ in "vector(1)" },
            identity + [
                ("sloth_mode", "stowage"), ("sloth_spec", "prometheus/v1"), ("sloth_objective", promised.value),
            ]),
    ]
    let alerts = ["critical", "warning"].compactMap { severity in
        burnAlert(objective, model, identity, budget, severity: severity, ratio: ratio)
    }
    return [
        RuleGroup(name: "sloth-slo-sli-recordings-\(id)", rules: recordings),
        RuleGroup(name: "sloth-slo-meta-recordings-\(id)", rules: meta),
    ] + (alerts.isEmpty ? [] : [RuleGroup(name: "sloth-slo-alerts-\(id)", rules: alerts)])
}

/// One alert over the windows of a severity; windows that could never fire are left out.
private func burnAlert(
    _ objective: Objective, _ model: String, _ identity: [(String, String)], _ budget: Traced<Double>, severity: String,
    ratio: (String) -> String
) -> PrometheusRule? {
    let windows = BurnWindow.all.filter { $0.severity == severity && $0.factor * budget.value < 1 }
    guard !windows.isEmpty else { return nil }
    let expression = derive(
        "burn factors × error budget, short and long window together",
        ("error budget", budget),
        ("factors", burnFactors(windows))
    ) { budget, _ in
        windows.map { window -> String in
            let limit = PromQL.number(rounded(window.factor * budget, decimals: 6))
            return "(max(\(ratio(window.short))) > \(limit) and max(\(ratio(window.long))) > \(limit))"
        }.joined(separator: "\nor\n")
    }
    return .alert(
        "ModelErrorBudgetBurn", expression, hold: nil, severity: severity,
        labels: [("model", model), ("sloth_severity", severity == "critical" ? "page" : "ticket")] + identity,
        summary: "\(model) burns its error budget for \(objective.title)",
        description: "At this rate the month's budget for \(objective.title) is gone long before the month.",
        runbook: "Compare load with the scale-up threshold, then look for pending pods, preemptions and slow nodes.")
}

/// The factors of burn windows, with the shares of the budget that they come from.
private func burnFactors(_ windows: [BurnWindow]) -> Traced<String> {
    let shares = windows.map { window in
        Ingredient(window.budgetShare.name, .number(window.budgetShare.value), .threshold(window.budgetShare))
    }
    let period = Thresholds.budgetPeriod
    return Traced(
        windows.map { PromQL.number($0.factor) }.joined(separator: ", "),
        .derived(
            Derivation(
                "budget share × budget period ÷ long window",
                shares + [Ingredient(period.name, .number(period.value), .threshold(period))])))
}
