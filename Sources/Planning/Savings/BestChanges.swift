import Diagnostics
import Groundwork

/// A change of one model that saves money, planned with the cluster.
package struct BestChange: Sendable {
    /// The change in words, with its model.
    package let words: String
    /// What it costs other than money.
    package let risk: String
    package let savedPerMonth: Traced<Double>
    package let expectedPerMonth: Traced<Double>
    package let worstPerMonth: Traced<Double>
    /// The edits of the spec that make it.
    package let edits: [SpecEdit]
}

/// How many changes are named.
private let mostChanges = 3
/// How many models are tried, those with the highest instance cost at peak load first.
private let mostModels = 3
/// A change that saves a smaller part of the expected cost is not named.
private let leastShare = 0.01

/// The single changes of the models that cost most which save most, each read and planned as an edit of the spec.
///
/// Requirements of the spec are kept: relaxing those is left to the advice, which also tries many more changes.
func bestChanges(
    _ spec: ClusterSpec, _ prices: PriceList, _ decision: Decision, replan: (ClusterSpec, inout Report) -> MoneyPlan?
) -> [BestChange] {
    guard spec.models.count <= mostReplannedModels else { return [] }
    let models = decision.placements.sorted { $0.candidate.peakPrice > $1.candidate.peakPrice }.prefix(mostModels)
    let trial = ModelTrial(spec, prices, decision)
    let today = decision.money.expectedPerMonth
    let leastSaving = max(1, today.value * leastShare)
    let found = models.flatMap { placement in
        (loadLevers(placement) + hardwareLevers(placement, spec)).compactMap { lever in
            lever.best(today: today.value, saving: leastSaving) { change in
                change.setting.flatMap { trial.cost(of: placement.name, with: $0) }
            }.map { (edits: $0.edits, saved: $0.saved, risk: lever.risk) }
        }
    }
    var best: [BestChange] = []
    for (edits, _, risk) in found.sorted(by: { $0.saved > $1.saved }) where best.count < mostChanges {
        var report = Report()
        guard let changed = understand(spec.source.applying(edits), &report), let money = replan(changed, &report),
            money.expectedPerMonth.value <= today.value - leastSaving
        else { continue }
        let words = Lever.words(of: edits)
        // The other plan has reasons of its own, which its spec explains.
        let origin = Origin.inferred(Inference("planned with \(words)", [Ingredient("expected cost today", today)]))
        let expected: Reasoned = .given(
            "expected cost with the change", money.expectedPerMonth.value, "$/month", origin)
        let worst: Reasoned = .given("worst case with the change", money.worstPerMonth.value, "$/month", origin)
        let saved = today.named("expected cost", "$/month") - expected
        best.append(
            BestChange(
                words: words, risk: risk, savedPerMonth: Traced(saved.rounded(2)), expectedPerMonth: Traced(expected),
                worstPerMonth: Traced(worst), edits: edits))
    }
    return best.sorted { $0.savedPerMonth.value > $1.savedPerMonth.value }
}

/// Plans a cluster with one model changed, and every other as it is placed already.
private struct ModelTrial {
    let spec: ClusterSpec
    let prices: PriceList
    let placements: [String: Placement]
    let solutions = Solutions()

    init(_ spec: ClusterSpec, _ prices: PriceList, _ decision: Decision) {
        self.spec = spec
        self.prices = prices
        placements = Dictionary(decision.placements.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The expected cost of the cluster with a model changed; nil if it cannot be planned.
    func cost(of model: String, with change: ModelChange) -> Double? {
        guard let index = spec.models.firstIndex(where: { $0.name.value == model }) else { return nil }
        var (changed, others, report) = (spec, placements, Report())
        change(&changed.models[index])
        others[model] = nil
        let attempt = attempt(changed, prices, reusing: others, sharing: solutions, &report)
        return attempt.obstacles.isEmpty && !report.hasErrors ? attempt.decision?.money.expectedPerMonth.value : nil
    }
}
