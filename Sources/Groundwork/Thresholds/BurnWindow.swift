/// A pair of windows of a multi-window, multi-burn-rate alert over thirty days.
package struct BurnWindow: Sendable {
    /// As a Prometheus duration: `5m`.
    package let short: String
    package let long: String
    private let minutes: (short: Int, long: Int)
    package let severity: String
    /// The burn rate: how many times faster than allowed the budget burns.
    package let rate: Reasoned

    /// An alert on a share of the error budget that burns within the long window; the short one is in minutes.
    private init(
        _ name: String, burning budgetShare: Double, _ reason: String, short: Int, hours: Int, severity: String
    ) {
        let source = "The Site Reliability Workbook, chapter 5; Sloth's windows for 30 days"
        let share = Parameter("\(name)'s budget share", budgetShare, "ratio", because: reason, source: source)
        let window = Parameter(
            "\(name)'s long window", Double(hours), "h", because: "the time in which that share burns", source: source)
        minutes = (short, hours * 60)
        self.short = BurnWindow.text(short)
        long = BurnWindow.text(hours * 60)
        self.severity = severity
        rate = (share.reasoned * Thresholds.budgetPeriod.reasoned / window.reasoned)
            .named("\(name)'s burn rate", "times")
    }

    package static let all = [
        BurnWindow(
            "quick page", burning: 0.02, "2% of the month's error budget within an hour", short: 5,
            hours: 1, severity: "critical"),
        BurnWindow(
            "slow page", burning: 0.05, "5% of the month's error budget within six hours", short: 30, hours: 6,
            severity: "critical"),
        BurnWindow(
            "quick ticket", burning: 0.10, "10% of the month's error budget within a day", short: 120, hours: 24,
            severity: "warning"),
        BurnWindow(
            "slow ticket", burning: 0.10, "10% of the month's error budget within three days, exactly the allowed rate",
            short: 360,
            hours: 72, severity: "warning"),
    ]

    /// The period of the error budget.
    package static let days = (Thresholds.budgetPeriod.reasoned / .constant(24, "h/d"))
        .named("budget period in days", "d")

    /// The same as a Prometheus duration.
    package static let period = "\(Notation.plain.text(days.value))d"

    /// The shortest window, in which the ratios of the whole period are recorded.
    package static let shortest = recorded[0]

    /// The windows in which errors are recorded: those of all alerts, shortest first.
    package static let recorded = Set(all.flatMap { [$0.minutes.short, $0.minutes.long] }).sorted().map(text)

    /// Minutes as a Prometheus duration.
    private static func text(_ minutes: Int) -> String {
        minutes.isMultiple(of: 1440)
            ? "\(minutes / 1440)d" : minutes.isMultiple(of: 60) ? "\(minutes / 60)h" : "\(minutes)m"
    }
}

extension Thresholds {
    package static let budgetPeriod = Parameter(
        "budget period", 720, "h", because: "error budgets are counted over thirty days",
        source: "The Site Reliability Workbook, chapter 5")
    package static let powerThrottledShare = Parameter(
        "power-throttled share", 0.5, "ratio",
        because: "a busy GPU sometimes reaches its power cap; half of the time means that it cannot hold its clock",
        source: Parameter.choice)
}
