import Diagnostics
import Groundwork

/// How many changes are listed.
private let mostAdvice = 10
/// How many models are tried, those that cost the most first: each takes tens of plans.
private let mostModels = 30

/// Tries single changes of a spec with the planner, and lists those that save most; nil if the spec cannot be planned.
package func advise(_ spec: ClusterSpec, _ report: inout Report) -> AdviceReport? {
    guard let today = plan(spec, &report) else { return nil }
    let trial = AdviceTrial(spec, today)
    let expected = today.money.expectedPerMonth.value
    let models = today.models.map(\.placement).sorted { $0.candidate.peakPrice > $1.candidate.peakPrice }
    let considered = models.prefix(mostModels)
    let levers: [(lever: Lever, model: String?)] =
        considered.flatMap { placement in
            (loadLevers(placement) + hardwareLevers(placement, spec)).map { ($0, placement.name) }
        } + clusterLevers(spec, models).map { ($0, nil) }
    let found = levers.compactMap { lever, model in
        lever.best(today: expected, saving: 1) { trial.cost(with: $0.edits, of: model) }.map {
            (edits: $0.edits, saved: $0.saved, risk: lever.risk, model: model)
        }
    }
    var (advice, seen): ([Advice], Set<String>) = ([], [])
    for entry in found.sorted(by: { $0.saved > $1.saved }) where advice.count < mostAdvice {
        let words = Lever.words(of: entry.edits)
        guard seen.insert(words).inserted, let plan = trial.plan(with: entry.edits) else { continue }
        let saved = expected - plan.money.expectedPerMonth.value
        guard saved >= 1 else { continue }
        advice.append(
            Advice(
                edits: entry.edits, words: words, effects: effects(entry.model, today, plan), risk: entry.risk,
                savedPerMonth: saved, expectedPerMonth: plan.money.expectedPerMonth.value,
                worstPerMonth: plan.money.worstPerMonth.value, isPattern: entry.edits.contains(where: \.isPattern)))
    }
    return AdviceReport(
        today: today, advice: advice, tried: levers.reduce(0) { $0 + $1.lever.changes.count },
        modelsLeftOut: models.count - considered.count)
}
