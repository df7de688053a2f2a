import Groundwork

/// The hours of a week for the cost estimate: when traffic is high, and which scheduled minimums apply.
struct Week: Sendable {
    private let businessHours: [WeekWindow]
    /// The situations of a week without schedules.
    private let plain: [WeekSituation]

    init(_ hours: BusinessHoursSpec?) {
        businessHours = hours.map { [WeekWindow($0)] } ?? []
        plain = weekSituations(businessHours)
    }

    /// A pool's nodes, averaged over the week with the scheduled minimums of its models.
    func meanNodes(_ pool: PoolPlan, _ running: RunningNodes, usual: Reasoned, busy: Reasoned) -> Reasoned {
        let scheduled = running.models(behind: pool).flatMap(WeekWindow.windows)
        let situations = scheduled.isEmpty ? plain : weekSituations(businessHours + scheduled)
        if situations.isEmpty || pool.size.staticNodes != nil { return usual }
        let week = Reasoned.constant(168, "h")
        var weighted = situations.map { situation in
            let nodes =
                situation.scheduledMinimums.isEmpty
                ? busy : running.nodes(of: pool, situation.replicas).named("nodes \(situation.words)", "nodes")
            return situation.hours * nodes
        }
        let special = Reasoned.sum(situations.map(\.hours))
        if special.value < week.value - 1e-9 { weighted.append((week - special).named("other hours", "h") * usual) }
        return .sum(weighted) / week
    }
}

/// Hours of a week in which the same scheduled minimums apply.
struct WeekSituation {
    let words: String
    let isBusy: Bool
    /// The window with the highest scheduled minimum of each model that has one.
    let scheduledMinimums: [String: WeekWindow]
    let hours: Reasoned

    /// The replicas of a model in these hours.
    func replicas(_ model: RunningModel) -> Reasoned {
        let usual = isBusy ? model.busy : model.least
        guard let scheduledMinimum = scheduledMinimums[model.placement.name]?.scheduledMinimum else { return usual }
        let scheduled = scheduledMinimum.named("scheduled replicas of \(model.placement.name)", "replicas")
        return .minimum(model.most, .maximum(usual, scheduled))
    }
}
