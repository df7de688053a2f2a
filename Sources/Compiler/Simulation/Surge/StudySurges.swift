import Diagnostics
import Groundwork
import Planning
import Simulate

/// Simulates a surge of each model from steady to peak load within a minute, and looks for what it takes to hold it.
///
/// Nil if the cluster cannot be simulated, which is reported.
package func studySurges(
    _ cluster: SimulatedCluster, of compilation: Compilation, with templates: TemplateLibrary, seed: UInt64,
    _ report: inout Report
) -> SurgeStudy? {
    let study = Study(cluster: cluster, compilation: compilation, templates: templates, seed: seed)
    var steady = study.scenario([])
    steady.shape = .steady
    guard let rest = simulate(cluster, steady, &report)?.first else { return nil }
    var surges: [ModelSurge] = []
    var even: [String] = []
    for model in rest.models {
        guard let traffic = cluster.plan.models.first(where: { $0.name == model.name })?.traffic,
            traffic.peak > traffic.steady
        else {
            even.append(model.name)
            continue
        }
        let scenario = study.scenario([model.name])
        guard let result = simulate(cluster, scenario, &report)?.first,
            let place = result.models.firstIndex(where: { $0.name == model.name })
        else { return nil }
        let minutes = SurgeMinutes(result.models[place].tally, SurgeTimes.minutes)
        surges.append(
            ModelSurge(
                name: model.name, scenario: scenario, result: result, place: place, steady: traffic.steady,
                peak: traffic.peak, minimums: study.minimums, extra: result.dollars - rest.dollars,
                remedy: minutes.isHeld ? .notNeeded : study.remedy(model.name)))
    }
    return SurgeStudy(name: compilation.spec.name.value, seed: seed, surges: surges, even: even)
}

/// What stays the same in a study.
private struct Study {
    let cluster: SimulatedCluster
    let compilation: Compilation
    let templates: TemplateLibrary
    let seed: UInt64

    /// What became of a trial with more replicas that are always ready.
    enum Trial {
        case planned(words: String, SurgeMinutes, Plan)
        case failed(reason: String)
    }

    var minimums: [String: Int] {
        Dictionary(
            compilation.plan.models.map { ($0.name, $0.placement.minReplicas.value) }, uniquingKeysWith: { $1 })
    }

    /// The surge of some models.
    func scenario(_ models: [String]) -> LoadScenario {
        var scenario = LoadScenario()
        scenario.models = models
        scenario.shape = .surge(times: nil, at: SurgeTimes.start, length: SurgeTimes.length)
        scenario.duration = SurgeTimes.end
        scenario.seed = seed
        return scenario
    }

    /// The least number of replicas with which a model holds its surge, if they are always ready.
    func remedy(_ name: String) -> ModelSurge.Remedy {
        guard let placement = compilation.plan.models.first(where: { $0.name == name })?.placement else {
            return .none(reason: "the spec does not describe it")
        }
        let (now, most) = (placement.minReplicas.value, placement.maxReplicas.value)
        guard now < most else { return .none(reason: "it already has its maximum of \(most) replicas") }
        var best: (words: String, minutes: SurgeMinutes, plan: Plan)
        switch trial(name, placement, most) {
        case .failed(let reason): return .none(reason: reason)
        case .planned(let words, let minutes, let plan):
            guard minutes.isHeld else { return .none(reason: "its maximum of \(most) replicas is not enough") }
            best = (words, minutes, plan)
        }
        // More replicas never hold less: the least number that holds is between one that does not and one that does.
        var (fails, holds) = (now, most)
        while holds - fails > 1 {
            let middle = (fails + holds) / 2
            if case .planned(let words, let minutes, let plan) = trial(name, placement, middle), minutes.isHeld {
                (holds, best) = (middle, (words, minutes, plan))
            } else {
                fails = middle
            }
        }
        let (before, after) = (compilation.plan.money, best.plan.money)
        return .change(
            words: best.words, best.minutes, expected: cost(before.expectedPerMonth, after.expectedPerMonth),
            worst: cost(before.worstPerMonth, after.worstPerMonth))
    }

    private func cost(_ before: Traced<Double>, _ after: Traced<Double>) -> ModelSurge.Cost {
        ModelSurge.Cost(total: after.value, more: after.value - before.value)
    }

    /// Compiles the spec with more replicas that are always ready, and simulates the surge.
    private func trial(_ name: String, _ placement: Placement, _ least: Int) -> Trial {
        guard let edit = SpecEdit.minimum(least, of: placement) else {
            return .failed(reason: "its minimum of replicas is set elsewhere")
        }
        var report = Report()
        let source = compilation.spec.source.applying([edit])
        if let changed = compile(source, with: templates, &report) {
            let cluster = SimulatedCluster(changed, &report)
            var scenario = scenario([name])
            scenario.duration = SurgeTimes.judged
            if let result = simulate(cluster, scenario, &report)?.first,
                let model = result.models.first(where: { $0.name == name })
            {
                return .planned(
                    words: edit.words, SurgeMinutes(model.tally, SurgeTimes.minutes), changed.plan)
            }
        }
        let error = report.diagnostics.first { $0.severity == .error }?.message ?? "it cannot be simulated"
        return .failed(reason: "`\(edit.words)` is an error: \(error)")
    }
}
