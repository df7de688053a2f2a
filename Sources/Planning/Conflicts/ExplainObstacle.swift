import Diagnostics
import Groundwork

/// Reports what keeps a spec from being had: the wishes in conflict, each in its place, and the changes that help, with prices.
func explain(
    _ obstacle: Obstacle, _ attempt: Attempt, _ spec: ClusterSpec, _ prices: PriceList, _ report: inout Report
) {
    switch obstacle {
    case .misfit(let misfit):
        reportNothingFits(misfit, spec, prices, &report) { conflict(of: obstacle, attempt, spec) }
    case .clash(let clash):
        // Beside a model that is wrong in itself no change would be enough.
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
    let dearest = money.pools.sorted { $0.worstPerMonth.value > $1.worstPerMonth.value }.prefix(3)
    let shares = dearest.map { Diagnostic.Note("`\($0.pool)` may cost \(dollars($0.worstPerMonth.value)) a month") }
    report.error(
        "budget-exceeded",
        "at worst this cluster costs \(dollars(money.worstPerMonth.value)) a month, and the budget is \(dollars(budget.value))",
        at: budget.range, label: "\(dollars(money.worstPerMonth.value - budget.value)) too little",
        notes: (conflict?.notes(besides: budget.range) ?? []) + shares, help: conflict?.help ?? [])
}

/// Reports models that name one pool but need different nodes.
private func reportClash(_ clash: PoolClash, _ conflict: Conflict?, _ report: inout Report) {
    let (first, other) = (clash.first, clash.other)
    report.error(
        "pool-of-two-shapes", "`\(other.name)` and `\(first.name)` share a pool and need different nodes",
        at: other.spec.pool?.range,
        label: "`\(other.name)` needs \(node(of: other)), and `\(first.name)` \(node(of: first))",
        notes: conflict?.notes(besides: other.spec.pool?.range) ?? [], help: conflict?.help ?? [])
}

/// The nodes that a model needs, in words: `g5.xlarge` (whole).
private func node(of model: Placement) -> String {
    let claimed = model.usesDRA ? ", claimed" : ""
    return
        "`\(model.shape.type.name)` (\(model.nodes.layout.words)\(claimed)\(model.isStatic ? ", static" : ""))"
}

extension Conflict {
    /// A note in the place of each wish that the caret does not show already.
    func notes(besides shown: SourceRange?) -> [Diagnostic.Note] {
        let others = wishes.filter { $0.range.start != shown?.start }
        let notes = others.map { Diagnostic.Note($0.words, at: $0.range) }
        return notes + [verdict].compactMap { $0 }.map { .init($0) }
    }

    /// What is known of the wishes together: no more than was tried.
    private var verdict: String? {
        if wishes.isEmpty { return idle("every wish", hasOthers) }
        if wishes.count > 1 { return together }
        if modelsLeftOut > 0 {
            return
                "no wish of the models that could save the most is enough; \(modelsLeftOut) more could save something"
        }
        let isAlone = relaxations.allSatisfy { relaxation in
            relaxation.isPattern
                || relaxation.edits.allSatisfy { edit in wishes.contains { $0.range.start == edit.range.start } }
        }
        return isAlone ? idle("every other wish", hasOthers) : nil
    }

    /// How several wishes stand to each other.
    private var together: String {
        let number = wishes.count == 2 ? "both" : "all \(wishes.count)"
        let condition = if case .none = reach { "" } else { " while the other settings stay as they are" }
        return "\(number) cannot be had together\(condition), and "
            + (anyOneHelps ? "giving up one of them is enough" : "other wishes are in conflict too")
    }

    /// What does not help; nil where nothing was tried, or where some of it helps.
    private func idle(_ left: String, _ isTried: Bool) -> String? {
        let settings: [String]
        var left = left
        switch reach {
        case .withSettings: return nil
        case .unknown(let areWishesTried):
            settings = []
            if !areWishesTried { left += " that was tried" }
        case .none(let tried): settings = tried
        }
        let without = isTried ? "leaving out \(left) does not help" : nil
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
        return shown.isEmpty ? ["none of the changes of the spec that were tried is enough"] : shown
    }
}
