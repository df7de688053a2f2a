import Groundwork

/// A service-level objective (SLO): the share of events that may be bad, and how bad events are measured in a window.
struct Objective {
    let name: String
    let title: String
    /// The target: the share of good events.
    let target: Reasoned
    /// PromQL for the share of bad events in a window.
    let errorRatio: (_ window: String) -> Traced<String>
    /// The share of events that may be bad.
    let budget: Reasoned

    init(name: String, title: String, target: Reasoned, errorRatio: @escaping (_ window: String) -> Traced<String>) {
        self.name = name
        self.title = title
        self.target = target
        self.errorRatio = errorRatio
        budget = (1 - target).rounded(6).named("error budget", "ratio")
    }

    /// Whether the budget can burn at the rate of a window's alert: at most all events are bad.
    func canBurn(in window: BurnWindow) -> Bool { limit(in: window).value < 1 }

    /// The share of bad events above which a window's alert fires.
    func limit(in window: BurnWindow) -> Reasoned {
        (window.rate * budget).rounded(6).named("error ratio limit over \(window.long)", "ratio")
    }
}

/// Recording rules and alerts of one objective, named as Sloth names them.
func objectiveGroups(of objective: Objective, _ model: String) -> [RuleGroup] {
    let id = "\(model)-\(objective.name)"
    let identity = [("sloth_id", id), ("sloth_service", model), ("sloth_slo", objective.name)]
    let which = PromQL.braced(identity.map(PromQL.Matcher.equals))
    let days = BurnWindow.days
    let budget = objective.budget
    func ratio(_ window: String) -> String { "slo:sli_error:ratio_rate\(window)\(which)" }
    func record(_ name: String, _ expression: ReasonedText, _ reason: String) -> PrometheusRule {
        .record(name, expression.because(reason), identity)
    }

    var recordings = BurnWindow.recorded.map { window in
        PrometheusRule.record(
            "slo:sli_error:ratio_rate\(window)", objective.errorRatio(window), identity + [("sloth_window", window)])
    }
    let shortest = ratio(BurnWindow.shortest)
    let month: ReasonedText =
        "sum_over_time(\(shortest)[\(days)d]) / ignoring (sloth_window) count_over_time(\(shortest)[\(days)d])"
    recordings.append(
        .record(
            "slo:sli_error:ratio_rate\(BurnWindow.period)", month.because("the mean of the five-minute ratios"),
            identity + [("sloth_window", BurnWindow.period)]))
    let burnRate = "the rate at which the error budget burns, where 1 uses it up in exactly the period"
    let sloTarget: ReasonedText = "\((objective.target * .constant(100, "%")).named("SLO target in %", "%"))"
    let meta: [PrometheusRule] = [
        record("slo:objective:ratio", "vector(\(objective.target))", "the SLO target, a share of good events"),
        record("slo:error_budget:ratio", "vector(\(budget))", "the share of events that may be bad"),
        record("slo:time_period:days", "vector(\(days))", "the SLO period"),
        record("slo:current_burn_rate:ratio", "\(shortest) / \(budget)", burnRate),
        record(
            "slo:period_burn_rate:ratio", "\(ratio(BurnWindow.period)) / \(budget)",
            burnRate + ", over the whole period"),
        record(
            "slo:period_error_budget_remaining:ratio", "1 - \(ratio(BurnWindow.period)) / \(budget)",
            "the share of the period's error budget that is left"),
        .record(
            "sloth_slo_info", Traced("vector(1)", .convention("its labels describe the objective")),
            identity + [("sloth_mode", "stowage"), ("sloth_spec", "prometheus/v1")],
            counted: [("sloth_objective", sloTarget)]),
    ]
    let alerts = ["critical", "warning"].compactMap { severity in
        burnAlert(objective, model, identity, severity: severity, ratio: ratio)
    }
    return [
        RuleGroup(name: "sloth-slo-sli-recordings-\(id)", rules: recordings),
        RuleGroup(name: "sloth-slo-meta-recordings-\(id)", rules: meta),
    ] + (alerts.isEmpty ? [] : [RuleGroup(name: "sloth-slo-alerts-\(id)", rules: alerts)])
}

/// One alert for all windows of a severity; windows that could never fire are left out.
private func burnAlert(
    _ objective: Objective, _ model: String, _ identity: [(String, String)], severity: String,
    ratio: (String) -> String
) -> PrometheusRule? {
    let windows = BurnWindow.all.filter { $0.severity == severity && objective.canBurn(in: $0) }
    guard !windows.isEmpty else { return nil }
    let conditions = windows.map { window -> ReasonedText in
        let most = objective.limit(in: window)
        return "(max(\(ratio(window.short))) > \(most) and max(\(ratio(window.long))) > \(most))"
    }
    return .alert(
        "ModelErrorBudgetBurn",
        conditions.joined(separator: "\nor\n")
            .because("the error budget burns too fast in both the short and the long window"),
        forDuration: nil, severity: severity,
        labels: [("model", model), ("sloth_severity", severity == "critical" ? "page" : "ticket")] + identity,
        summary: "\(model) is burning its error budget for \(objective.title)",
        description:
            "At this rate the monthly error budget for \(objective.title) runs out well before the month ends.",
        runbook:
            "Compare the load with the scale-up threshold, then check for pending pods, preemptions and slow nodes.")
}
