import Groundwork

/// What the models of one team cost, dollars per month; pools that teams share are divided among them.
package struct OwnerCost: Sendable {
    /// The team; nil for what belongs to none: models without a team, and idle reservations.
    package let owner: Traced<String>?
    package let steadyPerMonth: Traced<Double>
    package let busyPerMonth: Traced<Double>
    package let peakPerMonth: Traced<Double>
    package let expectedPerMonth: Traced<Double>
    package let worstPerMonth: Traced<Double>
    /// The limit of the worst case.
    package let budget: Traced<Double>?
    /// The model with the highest worst case, and that; nil without models.
    let greatest: (model: ModelSpec, worst: Double)?

    /// The name of the team in words.
    package var name: String { owner?.value ?? "no team" }
}

extension ModelSpec {
    /// Whose costs its costs are: its team's, or else those of the value of its label `team`.
    var owner: Traced<String>? { team ?? metadata.labels.first { $0.key.value == "team" }?.value }
}

/// Divides the costs among teams, in the order of their first models.
///
/// Empty if no model has a team, and if the label `team` of all is the same.
func ownerCosts(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ money: MoneyPlan) -> [OwnerCost] {
    let owned = Set(models.map { $0.spec.owner?.value })
    guard owned.count > 1 || models.contains(where: { $0.spec.team != nil }) else { return [] }
    let running = RunningNodes(pools, models)
    let parts = zip(pools, money.pools).map { DividedCost($0, $1, running) }
    let idle = Array(money.pools.dropFirst(pools.count))
    var owners = unique(models.map { $0.spec.owner?.value ?? "" })
    if !idle.isEmpty, !owners.contains("") { owners.append("") }
    return owners.map { owner in
        let own = models.filter { ($0.spec.owner?.value ?? "") == owner }
        func sum(_ name: String, _ load: KeyPath<CostAtLoads, Reasoned>, _ idleLoad: KeyPath<PoolCost, Traced<Double>>)
            -> Traced<Double>
        {
            let shares = own.flatMap { model in parts.compactMap { $0.cost(of: model.name)?[keyPath: load] } }
            let rest = owner.isEmpty ? idle.map { $0[keyPath: idleLoad].named("\(name) of \($0.pool)", "$/month") } : []
            return Traced(Reasoned.sum(shares + rest).rounded(2))
        }
        let greatest = own.map { model in
            (model: model.spec, worst: parts.reduce(0) { $0 + ($1.cost(of: model.name)?.worst.value ?? 0) })
        }.max { $0.worst < $1.worst }
        return OwnerCost(
            owner: own.first?.spec.owner, steadyPerMonth: sum("cost at steady load", \.steady, \.steadyPerMonth),
            busyPerMonth: sum("cost at business-hours load", \.busy, \.busyPerMonth),
            peakPerMonth: sum("cost at peak load", \.peak, \.peakPerMonth),
            expectedPerMonth: sum("expected cost", \.expected, \.expectedPerMonth),
            worstPerMonth: sum("worst-case cost", \.worst, \.worstPerMonth),
            budget: spec.teams.first { $0.name.value == owner }.flatMap { teamBudget($0, spec) }, greatest: greatest)
    }
}

/// The costs of a part of a pool, by load.
struct CostAtLoads {
    var steady: Reasoned
    var busy: Reasoned
    var peak: Reasoned
    var expected: Reasoned
    var worst: Reasoned
}

/// The cost of a pool, divided among its models.
private struct DividedCost {
    private var parts: [String: CostAtLoads] = [:]

    func cost(of model: String) -> CostAtLoads? { parts[model] }

    init(_ pool: PoolPlan, _ cost: PoolCost, _ running: RunningNodes) {
        let most = running.filled(pool, \.most)
        let steady = Division(running.filled(pool, \.least), or: most, of: pool)
        let busy = Division(running.filled(pool, \.busy), or: most, of: pool)
        let peak = Division(most, or: most, of: pool)
        func amount(_ name: String, _ value: Traced<Double>) -> Reasoned {
            value.named("\(name) of \(cost.pool)", "$/month")
        }
        let atSteady = amount("cost at steady load", cost.steadyPerMonth)
        let beyond = amount("expected cost", cost.expectedPerMonth) - atSteady
        for model in most.map(\.model) {
            let name = model.placement.name
            func part(_ share: Reasoned, _ words: String) -> Reasoned {
                share.named("\(words) of \(cost.pool) for \(name)", "$/month")
            }
            let usual = part(steady.part(of: name, atSteady), "cost at steady load")
            parts[name] = CostAtLoads(
                steady: usual,
                busy: part(
                    busy.part(of: name, amount("cost at business-hours load", cost.busyPerMonth)),
                    "cost at business-hours load"),
                peak: part(peak.part(of: name, amount("cost at peak load", cost.peakPerMonth)), "cost at peak load"),
                // What surges add to the cost at steady load belongs to those whose replicas they are.
                expected: part(
                    beyond.value == 0 ? usual : usual + busy.part(of: name, beyond), "expected cost"),
                worst: part(peak.part(of: name, amount("worst-case cost", cost.worstPerMonth)), "worst-case cost"))
        }
    }
}

/// How a cost is divided among models: by the nodes that they fill.
private struct Division {
    private let parts: [(model: RunningModel, nodes: Reasoned)]
    private let all: Reasoned

    /// Divides by the nodes filled at some load; if none are, by those at peak load, or else equally.
    init(
        _ parts: [(model: RunningModel, nodes: Reasoned)], or others: [(model: RunningModel, nodes: Reasoned)],
        of pool: PoolPlan
    ) {
        func isFilled(_ parts: [(model: RunningModel, nodes: Reasoned)]) -> Bool {
            parts.contains { $0.nodes.value > 0 }
        }
        self.parts =
            isFilled(parts) ? parts : isFilled(others) ? others : others.map { ($0.model, .constant(1, "models")) }
        let sum = Reasoned.sum(self.parts.map(\.nodes))
        let name = "nodes of \(pool.name.value) filled by all models"
        all = sum.named(pool.hardware.types.count > 1 ? "price of the \(name)" : name, sum.reason.measure)
    }

    /// The part of a model; in a pool of one model, all.
    func part(of model: String, _ amount: Reasoned) -> Reasoned {
        guard parts.count > 1, amount.value != 0 else { return amount }
        return parts.first { $0.model.placement.name == model }.map { amount * ($0.nodes / all) } ?? 0
    }
}
