import Diagnostics

/// A way to save money, and what it comes to for this very spec.
package struct Saving: Sendable {
    package let item: String
    package let answer: ReasonedText
    /// Dollars of the expected month that it saves, or would save; nil where it does not apply.
    package let perMonth: Traced<Double>?
    /// Whether it is in use already.
    package let isUsed: Bool
    init(item: String, answer: String, perMonth: Double?, isUsed: Bool) {
        self.item = item
        self.answer = ReasonedText(answer)
        self.perMonth = perMonth.map { Traced($0, .convention("TODO")) }
        self.isUsed = isUsed
    }
}

/// Answers the usual checklist of GPU costs: spot, consolidation, right-sizing, schedules.
package func checklist(_ plan: Plan) -> [Saving] {
    [spot(plan), consolidation(plan), rightSizing(plan), schedule(plan)]
}

/// The models beyond which nothing is planned anew for the checklist: it would take longer than all the rest.
private let mostModels = 50

private func spot(_ plan: Plan) -> Saving {
    let name = "Spot instances"
    let prices = plan.prices
    let rate = prices.spotDiscount?.value ?? Thresholds.spotDiscount.value
    let source =
        prices.spotDiscount == nil
        ? "if spot is \(percent(rate)) cheaper, the least that is claimed for it" : "at \(percent(rate)) off"
    let used = plan.pools.filter { $0.role == .spot }
    if !used.isEmpty {
        let names = unique(used.flatMap(\.models)).map { "`\($0)`" }.joined(separator: ", ")
        let paid = plan.money.pools.filter { cost in used.contains { $0.name.value == cost.pool } }
        let sum = paid.reduce(0) { $0 + $1.expectedPerMonth.value }
        let saved = prices.spotDiscount == nil ? sum * rate : sum * rate / (1 - rate)
        return Saving(
            item: name, answer: "the surge of \(names) runs on spot, \(source)", perMonth: saved, isUsed: true)
    }
    guard plan.models.count <= mostModels else {
        return Saving(item: name, answer: "not used", perMonth: nil, isUsed: false)
    }
    var other = plan.spec
    other.platform.spotDiscount = prices.spotDiscount ?? .threshold(Thresholds.spotDiscount)
    for index in other.models.indices where other.models[index].priority.value != .critical {
        other.models[index].instances.spot = Traced(.allowed, .convention("tried for the checklist"))
    }
    guard let tried = expected(other), tried < plan.money.expectedPerMonth.value - 0.5 else {
        return Saving(
            item: name, answer: "not used: no model that could lose replicas would cost less on it", perMonth: nil,
            isUsed: false)
    }
    return Saving(
        item: name, answer: "`spot: allowed` for the models that are not critical, \(source)",
        perMonth: plan.money.expectedPerMonth.value - tried, isUsed: false)
}

private func consolidation(_ plan: Plan) -> Saving {
    let saved = plan.money.peakPerMonth.value - plan.money.expectedPerMonth.value
    let waits = unique(plan.pools.filter { $0.role != .primary }.map(\.consolidateAfter.value))
    let patience = [waits.dropLast().joined(separator: ", "), waits.last ?? ""].filter { !$0.isEmpty }
    guard saved > 0.5 else {
        return Saving(item: "Consolidation", answer: "no node ever falls idle", perMonth: nil, isUsed: true)
    }
    return Saving(
        item: "Consolidation",
        answer: "nodes that a surge leaves behind are given back"
            + (patience.isEmpty ? "" : " after \(patience.joined(separator: " or "))")
            + ", against keeping those of the peak",
        perMonth: saved, isUsed: true)
}

private func rightSizing(_ plan: Plan) -> Saving {
    let name = "Right-sizing"
    let wishes = [plan.spec.instances] + plan.spec.models.map(\.instances)
    guard wishes.contains(where: { !$0.prefer.isEmpty }) else {
        return Saving(
            item: name, answer: "every model stands on the cheapest shape that carries its peak", perMonth: nil,
            isUsed: true)
    }
    guard plan.models.count <= mostModels else {
        return Saving(item: name, answer: "preferred instances are taken as they are", perMonth: nil, isUsed: false)
    }
    var other = plan.spec
    other.instances.prefer = []
    for index in other.models.indices { other.models[index].instances.prefer = [] }
    guard let tried = expected(other), tried < plan.money.expectedPerMonth.value - 0.5 else {
        return Saving(
            item: name, answer: "no other instances than the preferred ones would cost less", perMonth: nil,
            isUsed: true)
    }
    return Saving(
        item: name, answer: "without `prefer` cheaper shapes would do: see the alternatives in plan.json",
        perMonth: plan.money.expectedPerMonth.value - tried, isUsed: false)
}

private func schedule(_ plan: Plan) -> Saving {
    let name = "Schedules"
    guard plan.spec.businessHours != nil else {
        return Saving(
            item: name, answer: "no `businessHours` are given, so nothing is known of quiet hours", perMonth: nil,
            isUsed: false)
    }
    let saved = plan.money.busyPerMonth.value - plan.money.expectedPerMonth.value
    guard saved > 0.5 else {
        return Saving(item: name, answer: "replicas are the same at all hours", perMonth: nil, isUsed: true)
    }
    return Saving(
        item: name, answer: "the surge of business hours is gone at night, against running it around the clock",
        perMonth: saved,
        isUsed: true)
}

/// What a spec would cost in the expected month; nil where it could not be had.
private func expected(_ spec: ClusterSpec) -> Double? {
    var (unbounded, report) = (spec, Report())
    unbounded.budget = nil
    let attempt = attempt(unbounded, PriceList(spec), &report)
    guard let decision = attempt.decision, attempt.obstacles.isEmpty else { return nil }
    return decision.money.expectedPerMonth.value
}

/// A ratio as people write it: `60%`.
func percent(_ ratio: Double) -> String { "\(PromQL.number(rounded(ratio * 100, decimals: 1)))%" }
