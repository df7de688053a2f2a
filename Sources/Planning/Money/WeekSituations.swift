import Groundwork

/// A window that recurs every week: business hours, or one of a model's schedule.
struct WeekWindow: Sendable {
    /// What the window is for, as in `start of …`.
    let name: String
    /// The model whose schedule has it; nil for business hours.
    let model: String?
    /// The scheduled minimum of the model within it.
    let scheduledMinimum: Traced<Int>?
    let days: Traced<Weekdays>
    let from: Traced<TimeOfDay>
    let to: Traced<TimeOfDay>

    init(_ hours: BusinessHoursSpec) {
        (name, model, scheduledMinimum) = ("business hours", nil, nil)
        (days, from, to) = (hours.days, hours.from, hours.to)
    }

    private init(_ window: ScheduleSpec, of model: String) {
        name = "the schedule for \(window.min.value) replicas of \(model)"
        (self.model, scheduledMinimum) = (model, window.min)
        (days, from, to) = (window.days, window.from, window.to)
    }

    /// The windows of a model's schedule.
    static func windows(of model: RunningModel) -> [WeekWindow] {
        model.placement.spec.scaling.schedule.map { WeekWindow($0, of: model.placement.name) }
    }

    /// Whether it covers a minute of a day, counted from Monday; one that does not end later than it begins runs into the next day.
    fileprivate func holds(_ day: Int, _ minute: Int) -> Bool {
        let (from, to) = (from.value.minutes, to.value.minutes)
        func begins(_ day: Int) -> Bool { days.value.days.contains { $0.rawValue - 1 == day } }
        if from < to { return begins(day) && minute >= from && minute < to }
        return begins(day) && minute >= from || begins((day + 6) % 7) && minute < to
    }
}

/// Hours of a week in which the same windows decide: business hours, and the highest scheduled minimum of each model.
private struct DayParts {
    let windows: [Int]
    var parts: [(days: [Weekdays.Day], start: Reasoned, end: Reasoned)] = []

    /// Adds a part of some days, merged with the part before it if they touch.
    mutating func add(_ days: [Weekdays.Day], from start: Reasoned, to end: Reasoned) {
        if let index = parts.firstIndex(where: { $0.days == days && $0.end.value == start.value }) {
            parts[index].end = end
        } else {
            parts.append((days, start, end))
        }
    }
}

/// Finds the situations of a week in which any window applies, and the hours of each.
func weekSituations(_ windows: [WeekWindow]) -> [WeekSituation] {
    partsOfDays(windows).enumerated().map { index, found in
        let holding = found.windows.map { windows[$0] }
        let words =
            holding.count > 2
            ? "in situation \(index + 1) of the week" : "in " + holding.map(\.name).joined(separator: " and ")
        let givens = holding.map { Ingredient("days of \($0.name)", $0.days) }
        let minutes = found.parts.map { part in
            let days = Reasoned.given(
                "days per week", Double(part.days.count), "days", .inferred(Inference(Weekdays(part.days).text, givens))
            )
            return days * (part.start.value == 0 ? part.end : part.end - part.start)
        }
        return WeekSituation(
            words: words, isBusy: holding.contains { $0.model == nil },
            scheduledMinimums: Dictionary(holding.compactMap { window in window.model.map { ($0, window) } }) {
                first, _ in first
            },
            hours: (.sum(minutes) / .constant(60, "min/h")).named("hours per week \(words)", "h"))
    }
}

/// Splits the days at every start and end of a window, and groups equal parts.
private func partsOfDays(_ windows: [WeekWindow]) -> [DayParts] {
    let bounds = boundaries(windows)
    var found: [DayParts] = []
    var places: [[Int]: Int] = [:]
    for (start, end) in zip(bounds, bounds.dropFirst()) {
        let days = Weekdays.Day.allCases.map { (day: $0, windows: deciding(windows, $0.rawValue - 1, start.minute)) }
        for (index, first) in days.enumerated() where !first.windows.isEmpty {
            if days[..<index].contains(where: { $0.windows == first.windows }) { continue }
            let place = places[first.windows] ?? found.count
            if place == found.count { found.append(DayParts(windows: first.windows)) }
            places[first.windows] = place
            found[place].add(
                days.filter { $0.windows == first.windows }.map(\.day), from: start.time, to: end.time)
        }
    }
    return found
}

/// The times of a day at which a window begins or ends, including midnight.
private func boundaries(_ windows: [WeekWindow]) -> [(minute: Int, time: Reasoned)] {
    var seen: Set<Int> = []
    func time(_ name: String, _ time: Traced<TimeOfDay>) -> (Int, Reasoned) {
        (time.value.minutes, time.map(\.minutes).named(name, "min"))
    }
    let written = windows.flatMap { [time("start of \($0.name)", $0.from), time("end of \($0.name)", $0.to)] }
    return (written + [(0, .constant(0, "min")), (1440, .constant(1440, "min"))])
        .filter { seen.insert($0.0).inserted }.sorted { $0.0 < $1.0 }
}

/// The windows that decide at a minute of a day: business hours, and the highest scheduled minimum of each model.
private func deciding(_ windows: [WeekWindow], _ day: Int, _ minute: Int) -> [Int] {
    var found: [Int] = []
    for index in windows.indices where windows[index].holds(day, minute) {
        // The windows of a model are adjacent.
        if let last = found.last, let model = windows[index].model, windows[last].model == model {
            let isHigher = (windows[index].scheduledMinimum?.value ?? 0) > (windows[last].scheduledMinimum?.value ?? 0)
            if isHigher { found[found.count - 1] = index }
        } else {
            found.append(index)
        }
    }
    return found
}
