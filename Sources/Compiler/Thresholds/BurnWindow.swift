/// A pair of windows of a multi-window, multi-burn-rate alert over thirty days.
package struct BurnWindow: Sendable {
    /// Share of the error budget that may burn within the long window before the alert.
    package let budgetShare: Threshold
    package let short: String
    package let long: String
    package let longHours: Double
    package let severity: String

    /// How many times faster than allowed the budget burns: computed, never written down.
    package var factor: Double { budgetShare.value * Thresholds.budgetPeriod.value / longHours }

    package static let all = [
        BurnWindow(
            budgetShare: share("quick page", 0.02, "a fiftieth of the month's budget within an hour"), short: "5m",
            long: "1h", longHours: 1, severity: "critical"),
        BurnWindow(
            budgetShare: share("slow page", 0.05, "a twentieth within six hours"), short: "30m", long: "6h",
            longHours: 6, severity: "critical"),
        BurnWindow(
            budgetShare: share("quick ticket", 0.10, "a tenth within a day"), short: "2h", long: "1d", longHours: 24,
            severity: "warning"),
        BurnWindow(
            budgetShare: share("slow ticket", 0.10, "a tenth within three days, which is just the allowed rate"),
            short: "6h", long: "3d", longHours: 72, severity: "warning"),
    ]

    /// The windows in which errors are recorded.
    package static let recorded = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]

    private static func share(_ name: String, _ value: Double, _ reason: String) -> Threshold {
        Threshold(
            "\(name)'s budget share", value, "ratio", because: reason,
            source: "The Site Reliability Workbook, chapter 5; Sloth's windows for 30 days")
    }
}

extension Thresholds {
    package static let budgetPeriod = Threshold(
        "budget period", 720, "h", because: "error budgets are counted over thirty days",
        source: "The Site Reliability Workbook, chapter 5")
    package static let powerThrottledShare = Threshold(
        "power-throttled share", 0.5, "ratio",
        because: "a busy GPU meets its power cap now and then; half of the time means that its clock no longer holds",
        source: "assumption")
}
