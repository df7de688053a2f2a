import Diagnostics
import Groundwork

/// Finds the wishes that stand in the way of a spec: one conflict for each model without a place, else one for the cluster.
package func conflicts(of spec: ClusterSpec) -> [Conflict] {
    var report = Report()
    let attempt = attempt(spec, PriceList(spec), &report)
    return attempt.obstacles.prefix(attempt.decision == nil ? .max : 1).map { conflict(of: $0, attempt, spec) }
}

/// Finds the wishes that an obstacle comes of.
func conflict(of obstacle: Obstacle, _ attempt: Attempt, _ spec: ClusterSpec) -> Conflict {
    switch obstacle {
    case .misfit(let misfit): conflict(of: misfit, spec, among: Set(attempt.placements.map(\.name)))
    case .clash, .overrun: conflict(of: attempt.placements, spec)
    }
}

/// Finds which wishes of a model leave no instance for it, and what would help.
private func conflict(of misfit: Misfit, _ spec: ClusterSpec, among models: Set<String>) -> Conflict {
    let model = misfit.demand.model
    let solutions = Solutions()
    let wishes = (regionWish(spec).map { [$0] } ?? []) + hardwareWishes(model, spec) + promiseWishes(model)
    func isRefused(_ spec: ClusterSpec, _: [Wish] = []) -> Bool {
        var report = Report()
        guard let changed = spec.models.first(where: { $0.name.value == model.name.value }) else { return true }
        guard case .success = place(changed, spec, PriceList(spec), sharing: solutions, &report) else {
            return true
        }
        return report.hasErrors
    }
    let found = smallestConflict(wishes, spec, isRefused: isRefused)
    return Conflict(
        wishes: found, anyOneHelps: found.allSatisfy { !isRefused($0.drop(spec)) },
        relaxations: Relaxer(spec: spec, models: models.union([model.name.value]), solutions: solutions).relaxations(
            of: found, further: formats(model) + frugal(model)),
        modelsLeftOut: 0)
}

/// Finds which wishes together cost more than the budget, or want different nodes in one pool, and what would help.
private func conflict(of decision: [Placement], _ spec: ClusterSpec) -> Conflict {
    let (prices, solutions) = (PriceList(spec), Solutions())
    let savings = decision.map { (name: $0.name, saved: saving($0, spec, prices, solutions)) }
    let first = Set(savings.sorted { $0.saved > $1.saved }.prefix(mostModels(spec)).map(\.name))
    let considered = spec.models.filter { first.contains($0.name.value) || clashes($0, spec) }
    let known = Dictionary(decision.map { ($0.name, $0) }) { first, _ in first }
    func outcome(_ spec: ClusterSpec, _ dropped: [Wish]) -> (worst: Double, isRefused: Bool) {
        var (report, reused) = (Report(), known)
        for wish in dropped {
            switch wish.reach {
            case .costs: break
            case .model(let name): reused[name] = nil
            case .everything: reused = [:]
            }
        }
        let attempt = attempt(spec, prices, reusing: reused, sharing: solutions, &report)
        return (
            attempt.decision?.money.worstPerMonth.value ?? .infinity, !attempt.obstacles.isEmpty || report.hasErrors
        )
    }
    let all = considered.flatMap { wishes(of: $0, spec) } + clusterWishes(spec)
    // Wishes that alone make the difference stay to the end, and before them those that cost the most.
    var seen: Set<Int> = []
    let weighed = all.filter { seen.insert($0.range.start).inserted }.map { wish in
        (wish: wish, alone: outcome(wish.drop(spec), [wish]))
    }
    let ordered = weighed.enumerated().sorted { left, right in
        let (a, b) = (left.element.alone, right.element.alone)
        if a.isRefused != b.isRefused { return a.isRefused }
        return a.worst == b.worst ? left.offset < right.offset : a.worst > b.worst
    }.map(\.element)
    let found = smallestConflict(ordered.map(\.wish), spec) { outcome($0, $1).isRefused }
    let helpers = Set(ordered.filter { !$0.alone.isRefused }.map(\.wish.range.start))
    let relaxer = Relaxer(spec: spec, models: Set(spec.models.map(\.name.value)), solutions: solutions)
    return Conflict(
        wishes: found.sorted { $0.range.start < $1.range.start },
        anyOneHelps: found.allSatisfy { helpers.contains($0.range.start) },
        relaxations: relaxer.relaxations(of: found, further: considered.flatMap(frugal)),
        // A clash of two models is nobody else's business.
        modelsLeftOut: poolClashes(decision).isEmpty
            ? savings.count { !first.contains($0.name) && $0.saved > 0 } : 0)
}

/// How many models are looked at, those first that could save the most: each costs some tens of plans of the whole cluster.
private func mostModels(_ spec: ClusterSpec) -> Int {
    switch spec.models.count {
    case ...30: spec.models.count
    case ...250: 8
    default: 3
    }
}

/// Everything that a model wishes for by itself.
private func wishes(of model: ModelSpec, _ spec: ClusterSpec) -> [Wish] {
    hardwareWishes(model, spec) + promiseWishes(model) + loadWishes(model)
}

/// What a model would cost less at its peak if it had no wishes, dollars per hour.
private func saving(_ placement: Placement, _ spec: ClusterSpec, _ prices: PriceList, _ solutions: Solutions) -> Double
{
    // By itself: to drop a wish copies all models of a spec.
    var alone = spec
    alone.models = [placement.spec]
    let modest = wishes(of: placement.spec, alone).reduce(alone) { $1.drop($0) }
    var report = Report()
    guard let model = modest.models.first,
        case .success(let other) = place(model, modest, prices, sharing: solutions, &report)
    else { return 0 }
    return placement.shape.peakPrice - other.shape.peakPrice
}

/// Whether a model shares a pool with another.
private func clashes(_ model: ModelSpec, _ spec: ClusterSpec) -> Bool {
    guard let pool = model.pool?.value else { return false }
    return spec.models.count { $0.pool?.value == pool } > 1
}

/// Other number formats than the one that is written, each of which may help where the model's own does not.
private func formats(_ model: ModelSpec) -> [SpecEdit] {
    guard let written = model.weights.dtype, let range = written.range else {
        return [adding("dtype: fp16", to: model)].compactMap { $0 }
    }
    return [DType.fp16, .fp8].filter { $0 != written.value }.map { format in
        var edit = SpecEdit("dtype", range, format.rawValue)
        edit.model = model.name.value
        return edit
    }
}

/// What a model could be told besides, to cost less.
private func frugal(_ model: ModelSpec) -> [SpecEdit] {
    var edits: [SpecEdit?] = []
    if model.workloadClass.range == nil {
        edits.append(SpecEdit(adding: "class: batch", after: model.source.range, as: "class: batch"))
    }
    if model.weights.quantize.value == .never, model.weights.quantize.range == nil, model.weights.dtype == nil {
        edits.append(adding("quantize: allowed", to: model))
    }
    return edits.compactMap { edit in
        var edit = edit
        edit?.model = model.name.value
        return edit
    }
}

/// Adds an entry to what a model says of its weights.
private func adding(_ entry: String, to model: ModelSpec) -> SpecEdit? {
    let words = "weights: {\(entry)}"
    var edit =
        model.weights.from.isWritten
        ? SpecEdit(adding: entry, after: model.weights.from.range, as: words)
        : SpecEdit(adding: words, after: model.source.range, as: words)
    edit?.model = model.name.value
    return edit
}

extension Traced {
    /// Whether the spec says so itself.
    fileprivate var isWritten: Bool { if case .written = origin { true } else { false } }
}
