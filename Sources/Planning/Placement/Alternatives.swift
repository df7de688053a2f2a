import Groundwork

/// A candidate, or several instance types together, that were not chosen, and why.
package struct Alternative: Sendable {
    package let words: String
    package let reason: ReasonedText
    /// What it would cost at peak load, dollars per month; nil if the model does not run on it.
    package let peakPerMonth: Traced<Double>?
}

/// Lists everything that a model could run on and does not, with the reason for each.
///
/// First the feasible candidates, best first; then those on which it cannot run; then the types that were not tried, by reason.
package func alternatives(to placement: Placement, _ prices: PriceList) -> [Alternative] {
    let (chosen, search, demand) = (placement.candidate, placement.choice.search, placement.choice.demand)
    let losers = search.feasible.dropFirst().map { candidate in
        Alternative(
            words: candidate.words, reason: loss(of: candidate, to: chosen, demand),
            peakPerMonth: Traced<Double>(candidate.explainedPeakPerMonth(demand).rounded(2)))
    }
    let rejected = search.rejected.map { candidate in
        Alternative(words: candidate.plainWords, reason: candidate.explainedRejection(demand), peakPerMonth: nil)
    }
    return losers + rejected + exclusions(demand, prices)
}

/// Why a feasible candidate was not chosen.
package func loss(of candidate: Candidate, to chosen: Candidate, _ demand: Demand) -> ReasonedText {
    ChoiceCriterion.deciding(chosen, candidate).loss(of: candidate, to: chosen, demand)
}

/// The types that were not tried, grouped by reason.
private func exclusions(_ demand: Demand, _ prices: PriceList) -> [Alternative] {
    var groups: [(reason: Exclusion, types: [String])] = []
    for type in Catalog.instanceTypes {
        guard let reason = demand.exclusion(of: type, prices) else { continue }
        if let index = groups.firstIndex(where: { $0.reason == reason }) {
            groups[index].types.append(type.name)
        } else {
            groups.append((reason, [type.name]))
        }
    }
    return groups.map { group in
        Alternative(
            words: group.types.joined(separator: " "), reason: ReasonedText(group.reason.words), peakPerMonth: nil)
    }
}
