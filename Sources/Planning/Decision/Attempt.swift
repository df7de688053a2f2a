import Diagnostics
import Groundwork

/// Where each model is placed, on which nodes, at what cost: the rest of a plan follows from it.
struct Decision: Sendable {
    let placements: [Placement]
    let pools: [PoolPlan]
    let money: MoneyPlan
}

/// Why a spec cannot be planned as written.
enum Obstacle {
    /// No instance can run a model.
    case unplaceable(Unplaceable)
    /// Two models of one pool need different nodes.
    case clash(PoolClash)
    /// The worst case is above the budget, both in dollars per month.
    case overrun(MoneyPlan, budget: Traced<Double>)
}

/// How much of a spec can be planned.
struct Attempt {
    /// The models that were placed.
    let placements: [Placement]
    /// Nil if a model was not placed.
    let decision: Decision?
    let obstacles: [Obstacle]
    /// The models that are themselves invalid, which is reported where it is found.
    let faulty: Set<String>
}

/// Tries to place every model, to lay out the pools, and to stay within the budget.
///
/// Only mistakes, such as an unknown model, go into the report: conflicts of requirements are returned. Placements that
/// are already known are reused.
func attempt(
    _ spec: ClusterSpec, _ prices: PriceList, reusing known: [String: Placement] = [:],
    sharing solutions: Solutions = Solutions(), _ report: inout Report
) -> Attempt {
    var placements: [Placement] = []
    var obstacles: [Obstacle] = []
    var faulty: Set<String> = []
    for model in spec.models {
        if let placement = known[model.name.value] {
            placements.append(placement)
            continue
        }
        var own = Report()
        let placed = place(model, spec, prices, sharing: solutions, &own)
        if own.hasErrors { faulty.insert(model.name.value) }
        report.add(own)
        switch placed {
        case .success(let placement): placements.append(placement)
        case .failure(let unplaceable): obstacles.append(.unplaceable(unplaceable))
        case nil: break
        }
    }
    guard placements.count == spec.models.count else {
        return Attempt(placements: placements, decision: nil, obstacles: obstacles, faulty: faulty)
    }
    obstacles += poolClashes(placements).map(Obstacle.clash)
    let pools = planPools(spec, placements, prices)
    let money = planMoney(spec, placements, pools, prices)
    if let budget = spec.budget?.limit, money.worstPerMonth.value > budget.value {
        obstacles.append(.overrun(money, budget: budget))
    }
    return Attempt(
        placements: placements, decision: Decision(placements: placements, pools: pools, money: money),
        obstacles: obstacles, faulty: faulty)
}
