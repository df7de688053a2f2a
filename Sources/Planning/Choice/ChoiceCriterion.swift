import Groundwork

/// What shapes are compared in, in this order: the first in which two of them differ decides.
enum ChoiceCriterion: CaseIterable {
    /// The place of the type in the spec's order of preference.
    case preference
    /// Whether replicas whose number the spec gives carry the peak that it gives, too.
    case peak
    case cost
    case gpusOfReplica
    /// Whether the weights stay in the number format in which they are published.
    case format
    case name

    /// The first in which two shapes differ.
    static func deciding(_ left: Shape, _ right: Shape) -> ChoiceCriterion {
        allCases.first { $0.penalty(of: left) != $0.penalty(of: right) } ?? .name
    }

    /// What a shape is judged by, where less is better; names are compared as words.
    private func penalty(of shape: Shape) -> Double {
        switch self {
        case .preference: Double(shape.rank)
        case .peak: shape.carriesPeak ? 0 : 1
        case .cost: shape.peakPrice
        case .gpusOfReplica: Double(shape.tensorParallel)
        case .format: shape.isQuantized ? 1 : 0
        case .name: 0
        }
    }

    /// Whether a shape comes before another that differs from it in this.
    func prefers(_ shape: Shape, to other: Shape) -> Bool {
        self == .name ? shape.type.name < other.type.name : penalty(of: shape) < penalty(of: other)
    }

    /// The comparison that a shape won, with the reasons of both sides; none for what is no number.
    func comparisons(of winner: Shape, with loser: Shape, _ demand: Demand) -> [Condition] {
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

    /// Why a shape that would do lost to the chosen one.
    func loss(of shape: Shape, to chosen: Shape, _ demand: Demand) -> ReasonedText {
        switch self {
        case .preference: "stands later in the order of preference\(priceGap(shape, chosen, demand))"
        case .peak: "\(shape.explainedCounts(demand).most) replicas on it do not carry the peak"
        case .cost:
            moreAMonth(shape, chosen, demand).map { "costs \($0) more at peak" } ?? "costs a little more at peak"
        case .gpusOfReplica: "costs the same and takes more GPUs for each replica"
        case .format: "costs the same and changes the number format"
        case .name: "costs the same and comes later by name"
        }
    }
}

/// What the price of a shape adds to its place in the order of preference.
private func priceGap(_ shape: Shape, _ chosen: Shape, _ demand: Demand) -> ReasonedText {
    if let more = moreAMonth(shape, chosen, demand) { return ", at \(more) more" }
    if let less = moreAMonth(chosen, shape, demand) { return ", at \(less) less" }
    return ""
}

/// What a shape costs more than another at peak, between the whole dollars that stand beside them; nil where it does not.
private func moreAMonth(_ shape: Shape, _ other: Shape, _ demand: Demand) -> ReasonedText? {
    func perMonth(_ shape: Shape) -> Reasoned {
        shape.explainedPeakPerMonth(demand).rounded(0).named("$/month of \(shape.words) at peak", "$/month")
    }
    let difference = (perMonth(shape) - perMonth(other)).named("difference", "$/month")
    return difference.value > 0 ? "\(dollars(difference)) a month" : nil
}
