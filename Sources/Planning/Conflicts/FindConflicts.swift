import Diagnostics
import Groundwork

/// Finds the requirements that conflict: one conflict for each model that cannot be placed, else one for the cluster.
package func conflicts(of spec: ClusterSpec) -> [Conflict] {
    var report = Report()
    let attempt = attempt(spec, PriceList(spec), &report)
    return attempt.obstacles.prefix(attempt.decision == nil ? .max : 1).map { conflict(of: $0, attempt, spec) }
}

/// Finds the requirements that cause an obstacle.
func conflict(of obstacle: Obstacle, _ attempt: Attempt, _ spec: ClusterSpec) -> Conflict {
    switch obstacle {
    case .unplaceable(let unplaceable):
        conflict(of: unplaceable, spec, beside: Set(attempt.placements.map(\.name)).subtracting(attempt.faulty))
    case .clash, .overrun: conflict(of: attempt.placements, spec)
    }
}

/// Finds which requirements together exceed the budget, or need different nodes in one pool, and what would help.
private func conflict(of decision: [Placement], _ spec: ClusterSpec) -> Conflict {
    let (prices, solutions) = (PriceList(spec), Solutions())
    let savings = decision.map { (name: $0.name, saved: saving($0, spec, prices, solutions)) }
    let first = Set(savings.sorted { $0.saved > $1.saved }.prefix(mostModels(spec)).map(\.name))
    let considered = spec.models.filter { first.contains($0.name.value) || clashes($0, spec) }
    let known = Dictionary(decision.map { ($0.name, $0) }) { first, _ in first }
    func outcome(_ spec: ClusterSpec, _ dropped: [Requirement]) -> (worst: Double, isRejected: Bool) {
        var (report, reused) = (Report(), known)
        for requirement in dropped {
            switch requirement.reach {
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
    let all = considered.flatMap { requirements(of: $0, spec) } + clusterRequirements(spec)
    // Requirements that alone make the difference come last, and before them those that cost the most.
    var seen: Set<SourcePlace> = []
    let weighed = all.filter { seen.insert($0.range.beginning).inserted }.map { requirement in
        (requirement: requirement, alone: outcome(requirement.drop(spec), [requirement]))
    }
    let ordered = weighed.enumerated().sorted { left, right in
        let (a, b) = (left.element.alone, right.element.alone)
        if a.isRejected != b.isRejected { return a.isRejected }
        return a.worst == b.worst ? left.offset < right.offset : a.worst > b.worst
    }.map(\.element)
    let found = smallestConflict(ordered.map(\.requirement), spec) { outcome($0, $1).isRejected }
    let helpers = Set(ordered.filter { !$0.alone.isRejected }.map(\.requirement.range.beginning))
    let relaxer = Relaxer(
        spec: spec, models: Set(spec.models.map(\.name.value)), solutions: solutions, assumesPrices: false)
    return Conflict(
        model: nil, requirements: found.sorted { $0.range.beginning < $1.range.beginning },
        hasOthers: ordered.count > found.count,
        anyOneHelps: found.allSatisfy { helpers.contains($0.range.beginning) },
        reach: .unknown(areRequirementsTried: considered.count == spec.models.count),
        relaxations: relaxer.relaxations(
            of: found,
            further: considered.flatMap { model in
                frugal(model).map { [$0] } + (known[model.name.value].map(lighter) ?? [])
            }),
        // A clash of two models does not concern the others.
        modelsLeftOut: poolClashes(decision).isEmpty
            ? savings.count { !first.contains($0.name) && $0.saved > 0 } : 0)
}

/// How many models are tried, those that could save the most first: each takes tens of plans of the whole cluster.
private func mostModels(_ spec: ClusterSpec) -> Int {
    switch spec.models.count {
    case ...30: spec.models.count
    case ...250: 8
    default: 3
    }
}

/// All requirements of one model.
private func requirements(of model: ModelSpec, _ spec: ClusterSpec) -> [Requirement] {
    hardwareRequirements(model, spec) + objectiveRequirements(model) + loadRequirements(model)
}

/// How much less a model would cost at peak load without its requirements, dollars per hour.
private func saving(_ placement: Placement, _ spec: ClusterSpec, _ prices: PriceList, _ solutions: Solutions) -> Double
{
    // Alone, because dropping a requirement copies all models of a spec.
    var alone = spec
    alone.models = [placement.spec]
    let modest = requirements(of: placement.spec, alone).reduce(alone) { $1.drop($0) }
    var report = Report()
    guard let model = modest.models.first,
        case .success(let other) = place(model, modest, prices, sharing: solutions, &report)
    else { return 0 }
    return placement.candidate.peakPrice - other.candidate.peakPrice
}

/// Whether a model shares a pool with another.
private func clashes(_ model: ModelSpec, _ spec: ClusterSpec) -> Bool {
    guard let pool = model.pool?.value else { return false }
    return spec.models.count { $0.pool?.value == pool } > 1
}

/// A setting that a model could add to cost less.
private func frugal(_ model: ModelSpec) -> [SpecEdit] {
    guard model.workloadClass.range == nil else { return [] }
    return [SpecEdit(model, "class", to: "batch", as: "class: batch")].compactMap { $0 }
}

/// Settings that let a replica carry more: KV cache and weights with fewer bits.
private func lighter(_ placement: Placement) -> [[SpecEdit]] {
    let (model, workload) = (placement.spec, placement.choice.demand.workload)
    return (cacheSettings(model) + quantizeSettings(model, workload)).map(\.edits)
}
