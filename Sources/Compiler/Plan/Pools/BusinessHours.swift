import Diagnostics

/// The UTC windows in which no node may be disrupted by choice.
///
/// Karpenter reads schedules in UTC only. Where a zone changes its clocks the window covers both, so that it is too wide for an
/// hour rather than too narrow.
package func quietWindows(_ hours: BusinessHoursSpec, _ timezone: Traced<String>, _ zone: TimeZoneRow)
    -> [DisruptionBudget]
{
    let offsets = [zone.standardOffset, zone.summerOffset ?? zone.standardOffset]
    let start = hours.from.value.minutes - (offsets.max() ?? 0)
    let end = hours.to.value.minutes - (offsets.min() ?? 0)
    let shift = start < 0 ? -1 : start >= 1440 ? 1 : 0
    let minute = start - shift * 1440
    let days = hours.days.value.days.map { ($0.cron + shift + 7) % 7 }.sorted()
    let cron = "\(minute % 60) \(minute / 60) * * \(cronDays(days))"
    let schedule = derive(
        "business hours in \(zone.name), as UTC", ("days", hours.days), ("from", hours.from), ("timezone", timezone)
    ) { _, _, _ in cron }
    let duration = derive("to − from, both clocks of the zone covered", ("from", hours.from), ("to", hours.to)) {
        _, _ in
        goDuration(minutes: end - start)
    }
    let none = Traced("0", .convention("no voluntary disruption in business hours"))
    return [DisruptionBudget(nodes: none, schedule: schedule, duration: duration)]
}

/// A Go duration in hours and minutes, the units that Karpenter's budgets know: `9h30m`.
func goDuration(minutes: Int) -> String {
    let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
    if hours == 0 { return "\(rest)m" }
    return rest == 0 ? "\(hours)h" : "\(hours)h\(rest)m"
}

/// Days of the week for cron, with runs as ranges: `1-5`, `0,6`.
func cronDays(_ days: [Int]) -> String {
    var runs: [(first: Int, last: Int)] = []
    for day in days {
        if let last = runs.last, last.last == day - 1 {
            runs[runs.count - 1].last = day
        } else {
            runs.append((day, day))
        }
    }
    return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
}
