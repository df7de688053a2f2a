import Diagnostics
import Groundwork

/// The UTC windows without voluntary disruption.
///
/// Karpenter reads schedules in UTC only. If a zone has daylight saving time, the window covers all its offsets, so that it is an
/// hour too long rather than too short.
package func quietWindows(_ hours: BusinessHoursSpec, _ timezone: Traced<String>, _ zone: TimeZoneRow)
    -> [DisruptionBudget]
{
    let changes = zone.greatest != nil
    let least = zone.traced(\.least).named(changes ? "least offset from UTC" : "offset from UTC", "min")
    let greatest = changes ? zone.traced { $0.greatest ?? $0.least }.named("greatest offset from UTC", "min") : least
    let start = hours.from.map(\.minutes).named("from", "min") - greatest
    let end = hours.to.map(\.minutes).named("to", "min") - least
    let day = Reasoned.constant(1440, "min")
    let shift = start.value < 0 ? -1 : start.value >= day.value ? 1 : 0
    let clock = (shift < 0 ? start + day : shift > 0 ? start - day : start).named("start in UTC", "min")
    let days = Traced(
        cronDays(hours.days.value.days.map { ($0.cron + shift + 7) % 7 }.sorted()),
        because: shift == 0 ? "the same days in UTC" : "in UTC they begin a day \(shift < 0 ? "earlier" : "later")",
        Ingredient("days", hours.days), Ingredient("timezone", timezone))
    let (hour, minute) = hoursAndMinutes(clock)
    let schedule: ReasonedText = "\(minute) \(hour) * * \(days, as: "days")"
    let none = Traced("0", .convention("no voluntary disruption in business hours"))
    return [
        DisruptionBudget(
            nodes: none, schedule: schedule.because("business hours in \(zone.name), as UTC"),
            duration: goDuration((end - start).named("duration", "min"))
                .because("their duration, with all UTC offsets of the zone"))
    ]
}

/// Splits minutes into whole hours and the rest.
private func hoursAndMinutes(_ minutes: Reasoned) -> (Reasoned, Reasoned) {
    let perHour = Reasoned.constant(60, "min/h")
    let hours = (minutes / perHour).roundedDown.named("hours", "h")
    return (hours, (minutes - hours * perHour).named("minutes", "min"))
}

/// A Go duration in hours and minutes, the units of Karpenter's budgets: `9h30m`.
func goDuration(_ minutes: Reasoned) -> ReasonedText {
    let (hours, rest) = hoursAndMinutes(minutes)
    if hours.value == 0 { return "\(rest)m" }
    return rest.value == 0 ? "\(hours)h" : "\(hours)h\(rest)m"
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
