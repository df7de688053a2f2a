import Groundwork

/// The criteria by which candidates are compared, in order: the first in which two of them differ decides.
enum ChoiceCriterion: CaseIterable {
    /// The place of the type in the spec's order of preference.
    case preference
    /// Whether the replicas that the spec sets carry the peak traffic that it sets.
    case peak
    case cost
    case gpusOfReplica
    /// Whether the weights stay in the dtype in which they are published.
    case format
    case name

    /// The first in which two candidates differ.
    static func deciding(_ left: Candidate, _ right: Candidate) -> ChoiceCriterion {
        allCases.first { $0.penalty(of: left) != $0.penalty(of: right) } ?? .name
    }

    /// The value that is compared, where less is better; names are compared as strings.
    private func penalty(of candidate: Candidate) -> Double {
        switch self {
        case .preference: Double(candidate.rank)
        case .peak: candidate.carriesPeak ? 0 : 1
        case .cost: candidate.peakPrice
        case .gpusOfReplica: Double(candidate.tensorParallel)
        case .format: candidate.isQuantized ? 1 : 0
        case .name: 0
        }
    }

    /// Whether a candidate comes before another that differs from it in this.
    func prefers(_ candidate: Candidate, to other: Candidate) -> Bool {
        self == .name ? candidate.type.name < other.type.name : penalty(of: candidate) < penalty(of: other)
    }

    /// The comparison that a candidate won, with the reasons of both sides; none for what is not a number.
    func comparisons(of winner: Candidate, with loser: Candidate, _ demand: Demand) -> [Condition] {
        switch self {
        case .preference: [Condition(winner.place(in: demand), .below, loser.place(in: demand))]
        case .peak:
            [
                Condition(winner.explainedCarried(demand), .atLeast, demand.peak()),
                Condition(loser.explainedCarried(demand), .below, demand.peak()),
            ]
        case .cost: [Condition(winner.explainedPeakPrice(demand), .below, loser.explainedPeakPrice(demand))]
        case .gpusOfReplica: [Condition(winner.explainedRanks, .below, loser.explainedRanks)]
        case .format, .name: []
        }
    }

    /// Why a feasible candidate lost to the chosen one.
    func loss(of candidate: Candidate, to chosen: Candidate, _ demand: Demand) -> ReasonedText {
        switch self {
        case .preference: "later in the order of preference\(priceGap(candidate, chosen, demand))"
        case .peak: "\(candidate.explainedCounts(demand).most) replicas on it do not carry the peak traffic"
        case .cost:
            moreAMonth(candidate, chosen, demand).map { "costs \($0) more at peak load" }
                ?? "costs slightly more at peak load"
        case .gpusOfReplica: "costs the same with more GPUs per replica"
        case .format: "costs the same and changes the dtype"
        case .name: "costs the same and sorts later by name"
        }
    }
}

/// How the price of a candidate compares, beside its place in the order of preference.
private func priceGap(_ candidate: Candidate, _ chosen: Candidate, _ demand: Demand) -> ReasonedText {
    if let more = moreAMonth(candidate, chosen, demand) { return ", at \(more) more" }
    if let less = moreAMonth(chosen, candidate, demand) { return ", at \(less) less" }
    return ""
}

/// How much more a candidate costs than another at peak load, between the whole dollars that are shown; nil if it does not.
private func moreAMonth(_ candidate: Candidate, _ other: Candidate, _ demand: Demand) -> ReasonedText? {
    func perMonth(_ candidate: Candidate) -> Reasoned {
        candidate.explainedPeakPerMonth(demand).rounded(0).named(
            "rounded monthly cost of \(candidate.words) at peak load", "$/month")
    }
    let difference = (perMonth(candidate) - perMonth(other)).named("difference", "$/month")
    return difference.value > 0 ? "\(dollars(difference)) per month" : nil
}
