import Groundwork

/// A scheduled minimum in a weekly window: a cron trigger of KEDA.
package struct ScheduledMinimum: Sendable {
    package let name: Traced<String>
    package let timezone: Traced<String>
    package let start: Traced<String>
    package let end: Traced<String>
    package let replicas: Traced<Int>
}

/// Plans the scheduled minimums of one Deployment, without those that the base of a split model already covers.
func planSchedule(_ model: Placement, _ role: DeploymentRole?, _ platform: PlatformSpec) -> [ScheduledMinimum] {
    let isSurge = role == .surge
    return model.spec.scaling.schedule.enumerated().compactMap { index, window in
        guard window.min.value > (isSurge ? model.minReplicas.value : 0) else { return nil }
        let isOvernight = window.from.value >= window.to.value
        return ScheduledMinimum(
            name: Traced("schedule-\(index + 1)", .convention("the position of the window in the list")),
            timezone: platform.timezone,
            start: Traced(
                cron(window.from.value, window.days.value, after: 0), because: "`from`, on the days",
                Ingredient("from", window.from), Ingredient("days", window.days)),
            end: Traced(
                cron(window.to.value, window.days.value, after: isOvernight ? 1 : 0),
                because: isOvernight
                    ? "`to`, on the following days, as it is not later than `from`" : "`to`, on the days",
                Ingredient("to", window.to), Ingredient("days", window.days)),
            replicas: isSurge
                ? Traced(
                    window.min.named("scheduled minimum", "replicas")
                        - model.minReplicas.named("base replicas", "replicas"))
                : window.min)
    }
}

/// A cron expression for a time on some days, or on the days after them.
private func cron(_ time: TimeOfDay, _ days: Weekdays, after shift: Int) -> String {
    let numbers = days.days.map { ($0.cron + shift) % 7 }.sorted()
    return "\(time.minute) \(time.hour) * * \(numbers.count == 7 ? "*" : cronDays(numbers))"
}
