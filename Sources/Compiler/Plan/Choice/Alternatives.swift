/// A shape, or several instance types at once, that were not chosen, and why.
package struct Alternative: Sendable {
    package let words: String
    package let reason: ReasonedText
    /// What it would cost at peak, dollars per month; nil where the model does not run on it.
    package let peakPerMonth: Traced<Double>?
}

/// Lists everything that a model could have run on and does not, with the reason why each lost.
///
/// First what would do, best first; then the shapes on which it cannot run; then the types that were not tried, by reason.
package func alternatives(to placement: Placement, _ prices: PriceList) -> [Alternative] {
    let (chosen, search, demand) = (placement.shape, placement.search, placement.demand)
    let losers = search.feasible.dropFirst().map { shape in
        Alternative(
            words: shape.words, reason: loss(of: shape, to: chosen, demand),
            peakPerMonth: Traced<Double>(shape.explainedPeakPerMonth(demand).rounded(2)))
    }
    let refused = search.refused.map { shape in
        Alternative(words: shape.plainWords, reason: shape.explainedRefusal(demand), peakPerMonth: nil)
    }
    return losers + refused + exclusions(demand, prices)
}

/// Why a shape that would do was not chosen.
func loss(of shape: Shape, to chosen: Shape, _ demand: Demand) -> ReasonedText {
    // Between the whole dollars that stand beside it.
    func dollarsPerMonth(_ shape: Shape) -> Reasoned {
        shape.explainedPeakPerMonth(demand).rounded(0).named("$/month of \(shape.words) at peak", "$/month")
    }
    let difference = (dollarsPerMonth(shape) - dollarsPerMonth(chosen)).named("difference", "$/month")
    if shape.rank != chosen.rank {
        let less = (dollarsPerMonth(chosen) - dollarsPerMonth(shape)).named("difference", "$/month")
        let money: ReasonedText =
            difference.value == 0
            ? ""
            : difference.value > 0
                ? ", at \(dollars(difference)) a month more" : ", at \(dollars(less)) a month less"
        return "stands later in the order of preference\(money)"
    }
    if shape.carriesPeak != chosen.carriesPeak {
        return "\(shape.explainedCounts(demand).most) replicas on it do not carry the peak"
    }
    if difference.value > 0 { return "costs \(dollars(difference)) a month more at peak" }
    if shape.peakPrice > chosen.peakPrice { return "costs a little more at peak" }
    if shape.tensorParallel > chosen.tensorParallel { return "costs the same and takes more GPUs for each replica" }
    if shape.workload.dtype.value != chosen.workload.dtype.value {
        return "costs the same and changes the number format"
    }
    return "costs the same and comes later by name"
}

/// The types that were not tried: those with one reason together.
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
