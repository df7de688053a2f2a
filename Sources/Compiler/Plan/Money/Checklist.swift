import Diagnostics

/// A way to save money, and what it comes to for this very spec.
package struct Saving: Sendable {
    package let item: String
    package let answer: ReasonedText
    /// Dollars of the expected month that it saves, or would save; nil where it does not apply.
    package let perMonth: Traced<Double>?
    /// Whether it is in use already.
    package let isUsed: Bool
}

/// Answers the usual checklist of GPU costs: spot, consolidation, right-sizing, schedules.
package func checklist(_ plan: Plan) -> [Saving] {
    [spot(plan), consolidation(plan), rightSizing(plan), schedule(plan)]
}

/// The models beyond which nothing is planned anew for the checklist: it would take longer than all the rest.
private let mostModels = 50

/// Says whether surges run on spot, and what that saves or would save.
private func spot(_ plan: Plan) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = false) -> Saving {
        Saving(item: "Spot instances", answer: text, perMonth: saved, isUsed: isUsed)
    }
    let discount = plan.prices.spotDiscount ?? .threshold(Thresholds.spotDiscount)
    let rate = (discount.named("spot discount", "ratio") * 100).named("spot discount in percent", "%")
    let terms: ReasonedText =
        plan.prices.spotDiscount == nil
        ? "if spot is \(rate, .rounded(1))% cheaper, the least that is claimed for it" : "at \(rate, .rounded(1))% off"
    let pools = plan.pools.filter { $0.role == .spot }
    if !pools.isEmpty {
        let names = unique(pools.flatMap(\.models)).map { "`\($0)`" }.joined(separator: ", ")
        return answer(
            "the surge of \(names) may run on spot, \(terms)", savedOnSpot(plan, pools, discount), isUsed: true)
    }
    let isCritical = plan.spec.models.map { $0.priority.value == .critical }
    guard isCritical.contains(false) else { return answer("not used: every model is critical") }
    guard plan.models.count <= mostModels else { return answer("not used") }
    var other = plan.spec
    other.platform.spotDiscount = discount
    for index in other.models.indices where !isCritical[index] {
        other.models[index].instances.spot = Traced(.allowed, .convention("tried for the checklist"))
    }
    guard let tried = expectedCost(of: other) else {
        return answer("not used: `spot: allowed` for all models that are not critical cannot be planned")
    }
    guard let saved = difference(expected(plan), tried.named("expected cost with spot", "$/month")) else {
        return answer(
            "not used: at \(rate, .rounded(1))% off it would save less than a dollar, if anything, for the models that are not critical"
        )
    }
    return answer("`spot: allowed` for the models that are not critical, \(terms)", saved)
}

/// What the same nodes on spot cost less than on demand.
private func savedOnSpot(_ plan: Plan, _ pools: [PoolPlan], _ discount: Traced<Double>) -> Traced<Double> {
    let running = RunningNodes(plan.pools, plan.models.map(\.placement))
    let week = Week(plan.spec.businessHours)
    let saved = pools.map { pool -> Reasoned in
        let nodes = PoolNodes(pool, running, week).mean
        func expected(_ words: String, _ discount: Traced<Double>?) -> Reasoned {
            monthly(pool, nodes, nodePrice(pool, running, plan.prices.withSpot(at: discount)))
                .named("expected cost of \(pool.name.value) \(words)", "$/month")
        }
        return expected("on demand", nil) - expected("on spot", discount)
    }
    return Traced(Reasoned.sum(saved).rounded(2))
}

/// Says what giving back the nodes of a surge saves.
private func consolidation(_ plan: Plan) -> Saving {
    let kept = plan.money.peakPerMonth.named("cost at peak", "$/month")
    guard let saved = difference(kept, expected(plan)) else {
        return Saving(
            item: "Consolidation",
            answer: "keeping the nodes of the peak would cost less than a dollar more, if anything",
            perMonth: nil, isUsed: true)
    }
    var seen: Set<String> = []
    let waits: [ReasonedText] = plan.pools.filter { $0.role != .primary }.map(\.consolidateAfter)
        .filter { seen.insert($0.value).inserted }.map { "\($0, as: "consolidateAfter")" }
    let patience: [ReasonedText] = [waits.dropLast().joined(separator: ", "), waits.last ?? ""].filter {
        !$0.text.isEmpty
    }
    let when: ReasonedText =
        waits.isEmpty ? "," : ", in elastic and spot pools after \(patience.joined(separator: " or ")),"
    return Saving(
        item: "Consolidation",
        answer: "nodes that a surge leaves behind are given back\(when) against keeping those of the peak",
        perMonth: saved, isUsed: true)
}

/// Says what the spec's preferences for instances cost.
private func rightSizing(_ plan: Plan) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = false) -> Saving {
        Saving(item: "Right-sizing", answer: text, perMonth: saved, isUsed: isUsed)
    }
    let wishes = [plan.spec.instances] + plan.spec.models.map(\.instances)
    guard wishes.contains(where: { !$0.prefer.isEmpty }) else {
        return answer("no instance is preferred: shapes are chosen by their cost at the peak", isUsed: true)
    }
    guard plan.models.count <= mostModels else { return answer("preferred instances are taken as they are") }
    var other = plan.spec
    other.instances.prefer = []
    for index in other.models.indices { other.models[index].instances.prefer = [] }
    guard let tried = expectedCost(of: other) else {
        return answer("without `prefer` this spec cannot be planned", isUsed: true)
    }
    guard let saved = difference(expected(plan), tried.named("expected cost without `prefer`", "$/month")) else {
        return answer("leaving out `prefer` would save less than a dollar, if anything", isUsed: true)
    }
    return answer("without `prefer` other shapes would cost less: see the alternatives in plan.json", saved)
}

/// Says what fewer replicas outside of business hours save.
private func schedule(_ plan: Plan) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = true) -> Saving {
        Saving(item: "Schedules", answer: text, perMonth: saved, isUsed: isUsed)
    }
    guard plan.spec.businessHours != nil else {
        return answer("no `businessHours` are given", isUsed: false)
    }
    let kept = plan.money.busyPerMonth.named("cost as in business hours", "$/month")
    guard let saved = difference(kept, expected(plan)) else {
        return answer(
            "running the replicas of business hours around the clock would cost less than a dollar more, if anything")
    }
    return answer("the surge of business hours is gone outside of them, against running it around the clock", saved)
}

/// The expected cost of a plan for a difference.
private func expected(_ plan: Plan) -> Reasoned { plan.money.expectedPerMonth.named("expected cost", "$/month") }

/// What one cost is above another; nil for less than half a dollar.
private func difference(_ cost: Reasoned, _ other: Reasoned) -> Traced<Double>? {
    let saved = (cost - other).rounded(2)
    return saved.value > 0.5 ? Traced(saved) : nil
}

/// What a spec would cost in the expected month; nil where it could not be had.
private func expectedCost(of spec: ClusterSpec) -> Traced<Double>? {
    var (unbounded, report) = (spec, Report())
    unbounded.budget = nil
    let attempt = attempt(unbounded, PriceList(spec), &report)
    guard let decision = attempt.decision, attempt.obstacles.isEmpty else { return nil }
    return decision.money.expectedPerMonth
}
