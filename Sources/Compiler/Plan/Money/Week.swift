/// The hours of a week as money sees them: when traffic is high, and which floors of replicas hold.
struct Week: Sendable {
    /// Quarters of an hour in a week.
    private static let quarters = 7 * 24 * 4

    private let hours: BusinessHoursSpec?
    /// The share of the week that is business hours.
    let busyShare: Traced<Double>

    init(_ hours: BusinessHoursSpec?) {
        self.hours = hours
        busyShare =
            hours.map { hours in
                derive(
                    "business hours ÷ hours of a week", ("days", hours.days), ("from", hours.from), ("to", hours.to)
                ) { days, from, to in
                    Double(days.days.count * (to.minutes - from.minutes)) / Double(7 * 24 * 60)
                }
            } ?? Traced(0, .convention("no business hours are given: surges are not counted"))
    }

    /// Replicas of a model in business hours: the minimum and part of its surge.
    func busyReplicas(_ model: Placement) -> Int {
        let (least, most) = (model.minReplicas.value, model.maxReplicas.value)
        return least + roundedUp(Double(most - least) * Thresholds.busySurge.value)
    }

    /// A pool's nodes, averaged over the week with the floors that its models' schedules set.
    func meanNodes(_ pool: PoolPlan, _ running: RunningNodes) -> Double {
        let sum = (0..<Self.quarters).reduce(0.0) { sum, quarter in
            let (day, minute) = (quarter / 96, quarter % 96 * 15)
            let isBusy = hours.map { hours in
                hours.days.value.days.contains { $0.rawValue - 1 == day } && minute >= hours.from.value.minutes
                    && minute < hours.to.value.minutes
            }
            return sum
                + running.nodes(of: pool) { model in
                    let usual = isBusy == true ? busyReplicas(model) : model.minReplicas.value
                    return min(model.maxReplicas.value, max(usual, floor(model, day, minute)))
                }
        }
        return sum / Double(Self.quarters)
    }

    /// The fewest replicas that a model's schedule asks for at a time of the week.
    private func floor(_ model: Placement, _ day: Int, _ minute: Int) -> Int {
        model.spec.scaling.schedule.filter { window in
            let (from, to) = (window.from.value.minutes, window.to.value.minutes)
            func begins(_ day: Int) -> Bool { window.days.value.days.contains { $0.rawValue - 1 == day } }
            if from < to { return begins(day) && minute >= from && minute < to }
            return begins(day) && minute >= from || begins((day + 6) % 7) && minute < to
        }.map(\.min.value).max() ?? 0
    }
}
