import Diagnostics
import Groundwork

/// Tries edits of a spec's text by planning the edited spec.
struct Relaxer {
    let spec: ClusterSpec
    /// The models that are tried; those that fail for other reasons are not.
    let models: Set<String>
    let solutions: Solutions

    /// Whether to try types of unknown price if nothing with a known price helps.
    let assumesPrices: Bool

    /// Finds the smallest change that helps for each requirement and each further list of changes; the cheapest first.
    func relaxations(of requirements: [Requirement], further: [[SpecEdit]] = []) -> [Relaxation] {
        sorted((requirements.map { $0.weaker(in: spec) } + further).flatMap(mildest))
    }

    /// Relaxations with the cheapest first, and those of unknown price last.
    func sorted(_ relaxations: [Relaxation]) -> [Relaxation] {
        relaxations.sorted { left, right in
            (left.worstPerMonth ?? .infinity, left.edits[0].range.beginning)
                < (right.worstPerMonth ?? .infinity, right.edits[0].range.beginning)
        }
    }

    /// Finds the first change that helps: tries each of a few, and bisects many, where each asks for less than the one before.
    ///
    /// Adds the next one if asking for slightly less costs less than half.
    private func mildest(_ edits: [SpecEdit]) -> [Relaxation] {
        guard let (index, found) = edits.count > 8 ? byHalving(edits) : byTrying(edits) else { return [] }
        guard index + 1 < edits.count, let next = tried([edits[index + 1]]), let (price, most) = both(next, found),
            price < most / 2
        else { return [found] }
        return [next, found]
    }

    private func byTrying(_ edits: [SpecEdit]) -> (Int, Relaxation)? {
        for (index, edit) in edits.enumerated() {
            if let found = tried([edit]) { return (index, found) }
        }
        return nil
    }

    private func byHalving(_ edits: [SpecEdit]) -> (Int, Relaxation)? {
        guard let last = edits.last, var best = tried([last]) else { return nil }
        var (low, high) = (0, edits.count - 1)
        while low < high {
            let mid = (low + high) / 2
            if let found = tried([edits[mid]]) {
                best = found
                high = mid
            } else {
                low = mid + 1
            }
        }
        return (low, best)
    }

    private func both(_ left: Relaxation, _ right: Relaxation) -> (Double, Double)? {
        left.worstPerMonth.flatMap { price in right.worstPerMonth.map { (price, $0) } }
    }

    /// Reads and plans the changed text; nil if anything is wrong with it.
    func tried(_ edits: [SpecEdit]) -> Relaxation? {
        var report = Report()
        guard var changed = understand(spec.source.applying(edits), &report), !report.hasErrors else { return nil }
        let leftOut = changed.models.map(\.name.value).filter { !models.contains($0) }
        changed.models = changed.models.filter { models.contains($0.name.value) }
        let prices = PriceList(changed)
        if let decision = decision(changed, prices) {
            return Relaxation(edits: edits, worstPerMonth: decision.money.worstPerMonth.value, leftOut: leftOut)
        }
        guard assumesPrices, let decision = decision(changed, prices.assumingUnknown) else { return nil }
        let types = unique(
            decision.placements.map(\.candidate.type.name).filter { name in
                Catalog.instanceType(named: name).flatMap(prices.onDemand) == nil
            })
        return Relaxation(edits: edits, worstPerMonth: nil, unpriced: types, leftOut: leftOut)
    }

    private func decision(_ spec: ClusterSpec, _ prices: PriceList) -> Decision? {
        var report = Report()
        let attempt = attempt(spec, prices, sharing: solutions, &report)
        return attempt.obstacles.isEmpty && !report.hasErrors ? attempt.decision : nil
    }
}
