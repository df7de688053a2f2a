import Diagnostics
import Groundwork

/// Reports what keeps a spec from being had: the wishes in conflict, each in its place, and the changes that help, with prices.
func explain(
    _ obstacle: Obstacle, _ attempt: Attempt, _ spec: ClusterSpec, _ prices: PriceList, _ report: inout Report
) {
    switch obstacle {
    case .misfit(let misfit):
        reportNothingFits(misfit, prices, &report) { conflict(of: obstacle, attempt, spec) }
    case .clash(let clash):
        reportClash(clash, conflict(of: obstacle, attempt, spec), &report)
    case .overrun(let money, let budget):
        let hasClash = attempt.obstacles.contains { if case .clash = $0 { true } else { false } }
        reportOverrun(money, budget, hasClash ? nil : conflict(of: obstacle, attempt, spec), &report)
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
private func reportClash(_ clash: PoolClash, _ conflict: Conflict, _ report: inout Report) {
    let (first, other) = (clash.first, clash.other)
    report.error(
        "pool-of-two-shapes", "`\(other.name)` and `\(first.name)` share a pool and need different nodes",
        at: other.spec.pool?.range,
        label: "`\(other.name)` needs \(node(of: other)), and `\(first.name)` \(node(of: first))",
        notes: conflict.notes(besides: other.spec.pool?.range), help: conflict.help)
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
        if wishes.isEmpty { return [] }
        if wishes.count == 1, modelsLeftOut > 0 {
            return notes + [
                .init(
                    "no wish of the models that could save the most is enough; \(modelsLeftOut) more could save something"
                )
            ]
        }
        if wishes.count == 1 {
            let isAlone = relaxations.allSatisfy { relaxation in
                wishes.contains { $0.range.start == relaxation.edit.range.start }
            }
            return isAlone ? notes + [.init("it cannot be met, whatever other wish is given up")] : notes
        }
        let number = wishes.count == 2 ? "both" : "all \(wishes.count)"
        return notes + [
            .init(
                anyOneHelps
                    ? "\(number) cannot be had together, and giving up one of them is enough"
                    : "\(number) cannot be had together, and other wishes are in conflict too")
        ]
    }

    /// The changes that help, the cheapest first.
    var help: [Help] {
        let shown = relaxations.prefix(6).map { relaxation in
            Help(relaxation.words) { [[relaxation.edit.edit]] }
        }
        guard shown.isEmpty else { return shown }
        return wishes.isEmpty
            ? ["no wish is to blame: it takes another model"]
            : ["no single change is enough: several wishes have to give way at once"]
    }
}
