import Diagnostics
import Groundwork

/// A way to save money, and what it saves for this spec.
package struct Saving: Sendable {
    package let item: String
    package let answer: ReasonedText
    /// Dollars per expected month that it saves, or would save; nil if it does not apply.
    package let perMonth: Traced<Double>?
    /// Whether it is in use already.
    package let isUsed: Bool
}

/// Answers a checklist of GPU costs: spot, consolidation, right-sizing, schedules.
func checklist(_ spec: ClusterSpec, _ prices: PriceList, _ decision: Decision) -> [Saving] {
    [
        spot(spec, prices, decision), consolidation(decision), rightSizing(spec, decision),
        schedules(spec, decision.money),
    ]
}

/// The number of models beyond which nothing is planned again to find savings: it would take longer than the rest of the plan.
let mostReplannedModels = 50

/// Whether surges run on spot, and what that saves or would save.
private func spot(_ spec: ClusterSpec, _ prices: PriceList, _ decision: Decision) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = false) -> Saving {
        Saving(item: "Spot instances", answer: text, perMonth: saved, isUsed: isUsed)
    }
    let pools = decision.pools.filter(\.isSpot)
    if !pools.isEmpty {
        let surges = enumerated(unique(pools.filter { $0.role == .spot }.flatMap(\.models)))
        let whole = enumerated(unique(pools.filter { $0.role == .primary }.flatMap(\.models)))
        let users = [
            surges.isEmpty ? nil : "the surge of \(surges) may run on spot",
            whole.isEmpty ? nil : "all replicas of \(whole) run on spot",
        ].compactMap { $0 }.joined(separator: ", and ")
        return answer(
            "\(users), \(spotTerms(pools, prices))",
            savedOnSpot(spec, prices, decision, pools), isUsed: true)
    }
    let isCritical = spec.models.map { $0.priority.value == .critical }
    guard isCritical.contains(false) else { return answer("not used: every model is critical") }
    guard spec.models.count <= mostReplannedModels else { return answer("not used") }
    var other = spec
    for index in other.models.indices where !isCritical[index] {
        other.models[index].instances.spot = Traced(.allowed, .convention("tried for the checklist"))
    }
    guard let tried = decide(other) else {
        return answer("not used: no plan is possible with `spot: allowed` for all models that are not critical")
    }
    let terms = spotTerms(tried.pools.filter { $0.role == .spot }, prices)
    let cost = tried.money.expectedPerMonth.named("expected cost with spot", "$/month")
    guard let saved = difference(expected(decision), cost) else {
        return answer(
            "not used: \(terms) it would save less than a dollar, if anything, for the models that are not critical")
    }
    return answer("`spot: allowed` for the models that are not critical, \(terms)", saved)
}

/// The discounts of spot pools in words.
private func spotTerms(_ pools: [PoolPlan], _ prices: PriceList) -> ReasonedText {
    var seen: Set<String> = []
    let terms = pools.map { $0.hardware.types[0] }.compactMap { type -> ReasonedText? in
        let text: ReasonedText =
            prices.spotDiscount(of: type).map { "\(percent($0), .rounded(1))%" } ?? "no known discount"
        return seen.insert(text.text).inserted ? text : nil
    }
    guard terms.count != 1 else { return "at \(terms[0]) off" }
    return terms.isEmpty ? "on spot" : "at \(terms.joined(separator: " or ")) off"
}

/// How much less the same nodes cost on spot than on demand.
private func savedOnSpot(
    _ spec: ClusterSpec, _ prices: PriceList, _ decision: Decision, _ pools: [PoolPlan]
) -> Traced<Double> {
    let running = RunningNodes(decision.pools, decision.placements)
    let week = Week(spec.businessHours)
    let saved = pools.map { pool -> Reasoned in
        let nodes = PoolNodes(pool, running, week).mean
        func expected(_ words: String, _ prices: PriceList) -> Reasoned {
            monthly(pool, nodes, nodePrice(pool, running, prices))
                .named("expected cost of \(pool.name.value) \(words)", "$/month")
        }
        return expected("on demand", prices.withoutDiscount) - expected("on spot", prices)
    }
    return Traced(Reasoned.sum(saved).rounded(2))
}

/// What removing the nodes of a surge saves.
private func consolidation(_ decision: Decision) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = true) -> Saving {
        Saving(item: "Consolidation", answer: text, perMonth: saved, isUsed: isUsed)
    }
    guard decision.pools.contains(where: { $0.size.staticNodes == nil }) else {
        return answer("not used: all nodes are static", isUsed: false)
    }
    let kept = decision.money.peakPerMonth.named("cost at peak load", "$/month")
    guard let saved = difference(kept, expected(decision)) else {
        return answer("keeping the nodes of the peak load would cost less than a dollar more, if anything")
    }
    let shared = decision.pools.filter { $0.role != .primary }
    let roles = unique(shared.map(\.role.rawValue)).joined(separator: " and ")
    var seen: Set<String> = []
    let waits: [ReasonedText] = shared.map(\.disruption.consolidateAfter)
        .filter { seen.insert($0.value).inserted }.map { "\($0, as: "consolidateAfter")" }
    let patience: [ReasonedText] = [waits.dropLast().joined(separator: ", "), waits.last ?? ""].filter {
        !$0.text.isEmpty
    }
    let when: ReasonedText =
        waits.isEmpty ? "," : ", in \(roles) pools after \(patience.joined(separator: " or ")),"
    return answer(
        "unneeded nodes are removed after a surge\(when) compared with keeping the nodes of the peak load", saved)
}

/// What the spec's preferences for instances cost.
private func rightSizing(_ spec: ClusterSpec, _ decision: Decision) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = false) -> Saving {
        Saving(item: "Right-sizing", answer: text, perMonth: saved, isUsed: isUsed)
    }
    let lists = [spec.instances] + spec.models.filter { $0.existing == nil }.map(\.instances)
    guard lists.contains(where: { !$0.prefer.isEmpty }) else {
        return answer("no instance is preferred: candidates are chosen by their cost at peak load", isUsed: true)
    }
    guard spec.models.count <= mostReplannedModels else {
        return answer("preferred instances are not compared with others")
    }
    var other = spec
    other.instances.prefer = []
    // The types of nodes that exist already are no preference.
    for index in other.models.indices where other.models[index].existing == nil {
        other.models[index].instances.prefer = []
    }
    guard let tried = decide(other) else {
        return answer("no plan is possible without `prefer`", isUsed: true)
    }
    let cost = tried.money.expectedPerMonth.named("expected cost without `prefer`", "$/month")
    guard let saved = difference(expected(decision), cost) else {
        return answer("removing `prefer` would save less than a dollar, if anything", isUsed: true)
    }
    let moves = zip(decision.placements, tried.placements).filter { $0.candidate.words != $1.candidate.words }
        .map { "`\($1.name)` on \($1.candidate.words)" }
    let further = moves.count > 3 ? ", and \(moves.count - 3) more elsewhere" : ""
    guard !moves.isEmpty else {
        return answer("without `prefer`, the pools of the same candidates would cost less", saved)
    }
    return answer("without `prefer`: \(moves.prefix(3).joined(separator: "; "))\(further)", saved)
}

/// What fewer replicas outside of business hours save.
private func schedules(_ spec: ClusterSpec, _ money: MoneyPlan) -> Saving {
    func answer(_ text: ReasonedText, _ saved: Traced<Double>? = nil, isUsed: Bool = true) -> Saving {
        Saving(item: "Schedules", answer: text, perMonth: saved, isUsed: isUsed)
    }
    let hasSchedules = spec.models.contains { !$0.scaling.schedule.isEmpty }
    guard spec.businessHours != nil else {
        return hasSchedules
            ? answer("scheduled minimums apply only in the windows of a `schedule`; `businessHours` are not set")
            : answer("neither `businessHours` nor a `schedule` is set", isUsed: false)
    }
    let kept = money.busyPerMonth.named("cost at business-hours load", "$/month")
    let cost = money.expectedPerMonth.named("expected cost", "$/month")
    guard let saved = difference(kept, cost) else {
        return answer(
            "running the business-hours replicas around the clock would cost less than a dollar more, if anything")
    }
    let minimums = hasSchedules ? " or scheduled minimum" : ""
    return answer(
        "outside of business hours models scale down to their minimum\(minimums), compared with business-hours replicas around the clock",
        saved)
}

/// The expected cost of a plan for a difference.
private func expected(_ decision: Decision) -> Reasoned {
    decision.money.expectedPerMonth.named("expected cost", "$/month")
}

/// How much one cost is above another; nil for less than half a dollar.
private func difference(_ cost: Reasoned, _ other: Reasoned) -> Traced<Double>? {
    let saved = (cost - other).rounded(2)
    return saved.value > 0.5 ? Traced(saved) : nil
}

/// Plans a spec without its budget; nil if it cannot be planned.
private func decide(_ spec: ClusterSpec) -> Decision? {
    var (unbounded, report) = (spec, Report())
    unbounded.budget = nil
    let attempt = attempt(unbounded, PriceList(spec), &report)
    return attempt.obstacles.isEmpty ? attempt.decision : nil
}
