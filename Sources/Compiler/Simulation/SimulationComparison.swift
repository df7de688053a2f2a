import Groundwork
import Simulate

/// Two clusters under the same traffic, side by side.
package func simulationComparison(
    _ scenario: LoadScenario, _ first: (cluster: SimulatedCluster, runs: [ReplayResult]),
    _ second: (cluster: SimulatedCluster, runs: [ReplayResult])
) -> String {
    var text = "# \(duration(Int(scenario.seconds))), "
    text += scenario.runs == 1 ? "seed \(scenario.seed)\n\n" : "\(scenario.runs) runs from seed \(scenario.seed)\n\n"
    text += "A is `\(first.cluster.name)`, B is `\(second.cluster.name)`.\n\n"
    var names = first.runs.first?.models.map(\.name) ?? []
    for model in second.runs.first?.models ?? [] where !names.contains(model.name) { names.append(model.name) }
    let rows = names.map { name -> [String] in
        func show(_ read: @escaping (ReplayResult.Model) -> Double?, _ write: (Double) -> String) -> [String] {
            [first.runs, second.runs].map { runs in
                guard let place = runs.first?.models.firstIndex(where: { $0.name == name }) else { return "–" }
                return runs.range(place, read)?.text(write) ?? "–"
            }
        }
        let whole = Notation.rounded(0).text
        return [name] + show({ $0.tally.ttft == nil ? nil : $0.tally.ttftShare }, percent)
            + show({ $0.tally.ttfts.quantile($0.tally.ttft?.share ?? 0.95) }, seconds)
            + show({ Double($0.mostReady) }, whole) + show({ Double($0.mostWaiting) }, Notation.grouped.text)
            + show({ Double($0.flaps) }, whole)
    }
    let latency = latencyWords(first.runs + second.runs)
    let figures = ["within \(latency)", "\(latency) at its share", "most replicas", "most waiting", "flaps"]
    text += Table(head: ["model"] + figures.flatMap { ["\($0), A", "B"] }, words: rows).text.text
    text += recoveryComparison(scenario, first.runs, second.runs)
    func cost(_ runs: [ReplayResult]) -> String {
        runs.range { $0.dollars }?.text { "$" + Notation.grouped.text($0) } ?? "$0"
    }
    func hours(_ runs: [ReplayResult]) -> String { runs.range { $0.gpuHours }?.text(Notation.grouped.text) ?? "0" }
    return text + "\n- cost: \(cost(first.runs)) for A, \(cost(second.runs)) for B\n"
        + "- GPU-hours: \(hours(first.runs)) for A, \(hours(second.runs)) for B\n"
}
