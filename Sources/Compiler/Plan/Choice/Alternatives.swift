/// A shape, or several instance types at once, that were not chosen, and why.
package struct Alternative: Sendable {
    package let words: String
    package let reason: String
    /// What it would cost at peak, dollars per month; nil where the model does not run on it.
    package let peakPerMonth: Double?
}

/// Lists everything that a model could have run on and does not, with the reason why each lost.
///
/// First what would do, best first; then the shapes on which it cannot run; then the types that were not tried, by reason.
package func alternatives(to placement: Placement, _ prices: PriceList) -> [Alternative] {
    let (chosen, search, demand) = (placement.shape, placement.search, placement.demand)
    let losers = search.feasible.dropFirst().map { shape in
        Alternative(
            words: shape.words, reason: loss(of: shape, to: chosen),
            peakPerMonth: rounded(shape.peakPrice * Thresholds.hoursMean.value, decimals: 2))
    }
    let refused = search.refused.map { shape in
        Alternative(words: shape.plainWords, reason: shape.refusal.words(demand.targets), peakPerMonth: nil)
    }
    return losers + refused + exclusions(demand, prices)
}

/// Why a shape that would do was not chosen.
func loss(of shape: Shape, to chosen: Shape) -> String {
    // Between the whole dollars that stand beside it.
    let difference = shape.peakDollars - chosen.peakDollars
    if shape.rank != chosen.rank {
        let money =
            difference == 0 ? "" : ", at \(dollars(abs(difference))) a month \(difference > 0 ? "more" : "less")"
        return "stands later in the order of preference\(money)"
    }
    if shape.carriesPeak != chosen.carriesPeak { return "\(shape.replicas.most) replicas on it do not carry the peak" }
    if difference > 0 { return "costs \(dollars(difference)) a month more at peak" }
    if shape.tensorParallel > chosen.tensorParallel { return "costs the same and takes more GPUs for each replica" }
    if shape.workload.dtype.value != chosen.workload.dtype.value {
        return "costs the same and changes the number format"
    }
    return "costs the same and comes later by name"
}

extension Shape {
    /// Whole dollars per month when all replicas run.
    fileprivate var peakDollars: Double { (peakPrice * Thresholds.hoursMean.value).rounded() }
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
        Alternative(words: group.types.joined(separator: " "), reason: group.reason.words, peakPerMonth: nil)
    }
}

extension Capability.Refusal {
    /// Why a shape cannot serve, in words.
    func words(_ targets: LatencyTargets) -> String {
        switch self {
        case .headsDoNotDivide: "the attention heads do not divide over so many GPUs"
        case .doesNotHold(let fit):
            "\(gibibytes(fit.longestSequence - fit.kvBudget)) short of holding the weights and one whole context"
        case .doesNotLoad(let missing):
            "\(gibibytes(missing)) short on each GPU of loading the weights as they are published"
        case .tooSlowPerToken(let seconds):
            "\(milliseconds(seconds)) per output token at best, and \(milliseconds(targets.perOutputToken ?? 0)) are asked for"
        case .tooSlowToFirstToken(let seconds):
            "\(milliseconds(seconds)) to the first token at best, and \(milliseconds(targets.firstToken ?? 0)) are asked for"
        case .formatUnsupported: "the GPU does not compute in this number format"
        case .cacheFormatUnsupported: "the GPU does not compute in the number format of the KV cache"
        case .hostTooSmall: "the node's CPU, memory or disk does not carry a replica"
        }
    }
}

private func milliseconds(_ seconds: Double) -> String { "\(PromQL.number(rounded(seconds * 1000, decimals: 1))) ms" }
