import Diagnostics
import Groundwork

/// Whether a model can be placed in a spec that is tried.
struct FitTrial {
    let name: String
    let solutions: Solutions
    /// Whether types of unknown price count: if capacity is missing, a price is not what helps.
    let assumesPrices: Bool

    func fits(_ spec: ClusterSpec) -> Bool {
        var report = Report()
        guard let changed = spec.models.first(where: { $0.name.value == name }) else { return false }
        let prices = PriceList(spec)
        guard
            case .success = place(
                changed, spec, assumesPrices ? prices.assumingUnknown : prices, sharing: solutions, &report)
        else { return false }
        return !report.hasErrors
    }

    /// Finds why the model does not fit in a spec.
    func matter(in spec: ClusterSpec) -> Matter {
        var report = Report()
        guard let changed = spec.models.first(where: { $0.name.value == name }),
            let demand = demand(of: changed, spec, &report)
        else { return .size }
        let search = searchCandidates(demand, prices: PriceList(spec).assumingUnknown, sharing: solutions)
        let matters = search.rejected.map { rejected -> Matter in
            switch rejected.rejection {
            case .doesNotHold, .doesNotLoad, .tpotAboveTarget, .answerAboveTarget: .size
            case .formatUnsupported, .cacheFormatUnsupported: .format
            case .doesNotDivide, .hostTooSmall: .neither
            }
        }
        return matters.contains(.size) ? .size : matters.contains(.format) ? .format : .neither
    }

    /// Finds a choice of settings with which the model fits; nil if there is none.
    ///
    /// At most one of each list, as few as possible in all, and every harmless one.
    func choice(of groups: [[Setting]], in spec: ClusterSpec) -> [Setting]? {
        let harmless = groups.flatMap { $0.filter(\.isHarmless) }
        var choices: [[Setting]] = [harmless]
        for group in groups.map({ $0.filter { !$0.isHarmless } }) {
            choices += choices.flatMap { chosen in group.map { chosen + [$0] } }
        }
        return choices.sorted { $0.count < $1.count }.first { chosen in
            fits(chosen.reduce(spec) { $1.applied(to: $0, for: name) })
        }
    }
}

/// Finds which requirements of a model leave no instance type for it, and what would help.
func conflict(of unplaceable: Unplaceable, _ spec: ClusterSpec, beside models: Set<String>) -> Conflict {
    let model = unplaceable.demand.model
    let name = model.name.value
    let search = unplaceable.search(assuming: PriceList(spec))
    let lacksCapacity = search.feasible.isEmpty
    let trial = FitTrial(name: name, solutions: Solutions(), assumesPrices: lacksCapacity)
    let region = regionRequirement(spec).map { [$0] } ?? []
    let requirements = region + hardwareRequirements(model, spec) + objectiveRequirements(model)
    let found = smallestConflict(requirements, spec) { spec, _ in !trial.fits(spec) }
    let places = Set(found.map(\.range.beginning))
    let modest = requirements.filter { !places.contains($0.range.beginning) }.reduce(spec) { $1.drop($0) }
    let workload = unplaceable.demand.workload
    // With the other requirements dropped, the reason may be a different one.
    let matters = [trial.matter(in: spec), trial.matter(in: modest)]
    let matter = [Matter.size, .format].first(where: matters.contains) ?? .neither
    let groups = settings(model, workload, keeping: found, for: matter)
    let weights =
        lacksCapacity && nearestInMemory(search.rejected) != nil
            && model.weights.dtype?.range.map { places.contains($0.beginning) } != true
        ? otherWeights(model, workload) : []
    let choice = trial.choice(of: groups, in: modest)
    let withWeights = weights.map { $0.applied(to: modest, for: name) }
    let isPossible = choice != nil || withWeights.contains { trial.choice(of: groups, in: $0) != nil }
    let relaxer = Relaxer(
        spec: spec, models: models.union([name]), solutions: trial.solutions, assumesPrices: lacksCapacity)
    let all = groups.flatMap { $0 }
    var relaxations = relaxer.relaxations(of: found, further: all.map(\.edits))
    // A requirement outside the conflict may still help if the others stay.
    if relaxations.count < 2 {
        let others = requirements.filter { !places.contains($0.range.beginning) }
        relaxations = relaxer.sorted(relaxations + relaxer.relaxations(of: others))
    }
    if relaxations.isEmpty {
        let combiner = Combiner(relaxer: relaxer, trial: trial, model: model, settings: choice ?? [])
        relaxations = combiner.combinations
    }
    // Other weights are a bigger change than another setting, and come last.
    relaxations += relaxer.relaxations(of: [], further: weights.map(\.edits))
    return Conflict(
        model: name, requirements: found, hasOthers: requirements.count > found.count,
        anyOneHelps: found.allSatisfy { trial.fits($0.drop(spec)) },
        reach: isPossible ? .withSettings : .none(settings: unique((all + weights).map(\.words))),
        relaxations: relaxations,
        modelsLeftOut: 0, offers: lacksCapacity ? offersInWords(unplaceable.demand, PriceList(spec)) : nil)
}
