import Diagnostics
import Groundwork

/// Reports why a spec cannot be planned: the requirements in conflict, each at its place, and the changes that help, with prices.
func explain(
    _ obstacle: Obstacle, _ attempt: Attempt, _ spec: ClusterSpec, _ prices: PriceList, _ report: inout Report
) {
    switch obstacle {
    case .unplaceable(let unplaceable):
        reportNothingFits(unplaceable, spec, prices, &report) { conflict(of: obstacle, attempt, spec) }
    case .clash(let clash):
        // With another model that is itself invalid, no change would be enough.
        reportClash(clash, attempt.faulty.isEmpty ? conflict(of: obstacle, attempt, spec) : nil, &report)
    case .overrun(let money, let budget):
        let hasClash = attempt.obstacles.contains { if case .clash = $0 { true } else { false } }
        let isAlone = !hasClash && attempt.faulty.isEmpty
        reportOverrun(money, budget, isAlone ? conflict(of: obstacle, attempt, spec) : nil, &report)
    }
}

/// Reports a worst case above the budget.
private func reportOverrun(
    _ money: MoneyPlan, _ budget: Traced<Double>, _ conflict: Conflict?, _ report: inout Report
) {
    let expensive = money.pools.sorted { $0.worstPerMonth.value > $1.worstPerMonth.value }.prefix(3)
    let shares = expensive.map {
        Diagnostic.Note("`\($0.pool)` can cost up to \(dollars($0.worstPerMonth.value)) per month")
    }
    report.error(
        "budget-exceeded",
        "this cluster can cost up to \(dollars(money.worstPerMonth.value)) per month, above its budget of \(dollars(budget.value))",
        at: budget.range, label: "exceeded by \(dollars(money.worstPerMonth.value - budget.value))",
        notes: (conflict?.notes(besides: budget.range) ?? []) + shares, help: conflict?.help ?? [])
}

/// Reports models that name one pool but need different nodes.
private func reportClash(_ clash: PoolClash, _ conflict: Conflict?, _ report: inout Report) {
    let (first, other) = (clash.first, clash.other)
    report.error(
        "pool-with-different-nodes", "`\(other.name)` and `\(first.name)` share a pool and need different nodes",
        at: other.spec.pool?.range,
        label: "`\(other.name)` needs \(node(of: other)), and `\(first.name)` needs \(node(of: first))",
        notes: conflict?.notes(besides: other.spec.pool?.range) ?? [], help: conflict?.help ?? [])
}

/// The nodes that a model needs, in words: `g5.xlarge` (whole).
private func node(of model: Placement) -> String {
    let claimed = model.usesDRA ? ", DRA" : ""
    return
        "`\(model.candidate.type.name)` (\(model.nodes.layout.words)\(claimed)\(model.isStatic ? ", static" : "")\(model.isSpotOnly ? ", spot only" : ""))"
}

extension Conflict {
    /// A note at the place of each requirement that the caret does not already show.
    func notes(besides shown: SourceRange?) -> [Diagnostic.Note] {
        let others = requirements.filter { $0.range.beginning != shown?.beginning }
        let notes = others.map { Diagnostic.Note($0.words, at: $0.range) }
        return notes + [offers, verdict].compactMap { $0 }.map { .init($0) }
    }

    /// What is known about the requirements together: only what was tried.
    private var verdict: String? {
        if requirements.isEmpty { return idle("every requirement", hasOthers) }
        if requirements.count > 1 { return together }
        if modelsLeftOut > 0 {
            return
                "dropping every requirement of the models that could save the most is not enough; \(modelsLeftOut) more could save something"
        }
        let isAlone = relaxations.allSatisfy { relaxation in
            relaxation.isPattern
                || relaxation.edits.allSatisfy { edit in
                    requirements.contains { $0.range.beginning == edit.range.beginning }
                }
        }
        return isAlone ? idle("every other requirement", hasOthers) : nil
    }

    /// How several requirements relate to each other.
    private var together: String {
        let number = requirements.count == 2 ? "both" : "all \(requirements.count)"
        let condition = if case .none = reach { "" } else { " with the other settings unchanged" }
        return "no plan meets \(number) requirements\(condition); "
            + (anyOneHelps ? "dropping any one of them is enough" : "other requirements conflict too")
    }

    /// What does not help; nil if nothing was tried, or if some of it helps.
    private func idle(_ left: String, _ isTried: Bool) -> String? {
        let settings: [String]
        var left = left
        switch reach {
        case .withSettings: return nil
        case .unknown(let areRequirementsTried):
            settings = []
            if !areRequirementsTried { left += " that was tried" }
        case .none(let tried): settings = tried
        }
        let without = isTried ? "dropping \(left) does not help" : nil
        if settings.isEmpty { return without }
        let names = enumerated(settings, without == nil ? "and" : "or")
        let ways = settings.count == 1 && without == nil ? "" : ", alone or together"
        return without.map { "\($0), nor does \(names)\(ways)" }
            ?? "\(names) \(settings.count == 1 ? "does" : "do") not help\(ways)"
    }

    /// The changes that help, the cheapest first.
    var help: [Help] {
        let shown = relaxations.prefix(6).map { relaxation in
            relaxation.isPattern
                ? Help(relaxation.words) : Help(relaxation.words) { [relaxation.edits.map(\.edit)] }
        }
        return shown.isEmpty ? ["none of the spec changes that were tried is enough"] : shown
    }
}
