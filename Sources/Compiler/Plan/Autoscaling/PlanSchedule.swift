/// A floor of replicas in a weekly window: a cron trigger of KEDA.
package struct ScheduleFloor: Sendable {
    package let name: Traced<String>
    package let timezone: Traced<String>
    package let start: Traced<String>
    package let end: Traced<String>
    package let replicas: Traced<Int>
}

/// Plans the floors of one Deployment; those that the base of a split model fills already are left out.
func planSchedule(_ model: Placement, _ deployment: Deployment, _ platform: PlatformSpec) -> [ScheduleFloor] {
    let isSurge = deployment.role == .surge
    return model.spec.scaling.schedule.enumerated().compactMap { index, window in
        guard window.min.value > (isSurge ? model.minReplicas.value : 0) else { return nil }
        let ends = window.from.value < window.to.value ? 0 : 1
        return ScheduleFloor(
            name: Traced("schedule-\(index + 1)", .convention("the window's place in the list")),
            timezone: platform.timezone,
            start: derive("from, on the days", ("from", window.from), ("days", window.days)) { cron($0, $1, after: 0) },
            end: derive(
                ends == 0 ? "to, on the days" : "to, on the days after", ("to", window.to), ("days", window.days)
            ) { cron($0, $1, after: ends) },
            replicas: isSurge
                ? derive("floor − what the base runs", ("floor", window.min), ("base", model.minReplicas)) { $0 - $1 }
                : window.min)
    }
}

/// A cron expression for a time on some days, or on the days after them.
private func cron(_ time: TimeOfDay, _ days: Weekdays, after shift: Int) -> String {
    let numbers = days.days.map { ($0.cron + shift) % 7 }.sorted()
    return "\(time.minute) \(time.hour) * * \(numbers.count == 7 ? "*" : cronDays(numbers))"
}
