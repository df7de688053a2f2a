import Diagnostics
import Groundwork
import Simulate

/// The outcome of a simulation as text.
package func simulationPage(_ cluster: SimulatedCluster, _ scenario: LoadScenario, _ runs: [ReplayResult]) -> String {
    guard let first = runs.first else { return "" }
    var text = "# `\(cluster.name)`: \(duration(Int(scenario.seconds))), "
    text += runs.count == 1 ? "seed \(scenario.seed)\n" : "\(runs.count) runs from seed \(scenario.seed)\n"
    text += "\n" + requestTable(cluster, runs)
    text += "\n" + replicaTable(runs)
    text += recoveryTable(scenario, runs)
    text += "\n" + clusterLines(runs)
    let entries = changes(first)
    if !entries.isEmpty {
        text += "\n## What happened\(runs.count > 1 ? " in the first run" : "")\n\n" + entries
    }
    return text
}

/// The requests of each model against its objectives.
private func requestTable(_ cluster: SimulatedCluster, _ runs: [ReplayResult]) -> String {
    guard let first = runs.first else { return "" }
    let latencyName = latencyWords(runs)
    let rows = first.models.enumerated().map { place, model -> [String] in
        let goal = model.tally.ttft
        let tpot = model.tally.tpot
        func show(_ read: (ReplayResult.Model) -> Double?, _ write: (Double) -> String) -> String {
            runs.range(place, read)?.text(write) ?? "–"
        }
        let kind = latencyName == "latency" ? "\(model.latency.words) " : ""
        return [
            model.name, show({ Double($0.tally.arrived) }, Notation.grouped.text),
            goal.map { "\(kind)\(percent($0.share)) ≤ \(seconds($0.seconds))" } ?? "none",
            goal == nil ? "–" : show({ $0.tally.ttftShare }, percent),
            goal == nil ? "–" : show({ $0.tally.worst(atLeast: worstRequests)?.share }, percent),
            show({ $0.tally.ttfts.quantile(goal?.share ?? 0.95) }, seconds),
            tpot.map { "\(percent($0.share)) ≤ \(milliseconds($0.seconds))" } ?? "none",
            tpot == nil ? "–" : show({ $0.tally.tpotShare }, percent),
            show({ Double($0.mostWaiting) }, Notation.grouped.text),
            show({ Double($0.tally.rejected + $0.tally.lost) }, Notation.grouped.text),
        ]
    }
    return Table(
        head: [
            "model", "requests", "\(latencyName) objective", "within", "worst minute", "\(latencyName) at its share",
            "TPOT objective", "within", "most waiting", "failed",
        ], words: rows
    ).text.text
}

/// The replicas of each model.
private func replicaTable(_ runs: [ReplayResult]) -> String {
    guard let first = runs.first else { return "" }
    let rows = first.models.enumerated().map { place, model -> [String] in
        func show(_ read: (ReplayResult.Model) -> Double?, _ decimals: Int = 0) -> String {
            runs.range(place, read)?.text(Notation.rounded(decimals).text) ?? "–"
        }
        return [
            model.name, show { Double($0.leastReady) }, show({ $0.meanReady }, 1), show { Double($0.mostReady) },
            show { Double($0.scaleOuts) }, show { Double($0.scaleIns) }, show { Double($0.flaps) },
            model.tally.ttft == nil ? "–" : show { Double($0.missedMinutes) },
            model.tally.ttft == nil ? "–" : show { Double($0.longestMiss) },
        ]
    }
    return Table(
        head: [
            "model", "least ready", "mean", "most", "scaled up", "scaled down", "flaps", "minutes missed",
            "longest, minutes",
        ], words: rows
    ).text.text
}

private func clusterLines(_ runs: [ReplayResult]) -> String {
    var lines = [
        "- nodes: \(runs.range { Double($0.leastNodes) }?.text(Notation.plain.text) ?? "0") at least, "
            + "\(runs.range { Double($0.mostNodes) }?.text(Notation.plain.text) ?? "0") at most",
        "- GPU-hours: \(runs.range { $0.gpuHours }?.text { Notation.grouped.text($0) } ?? "0")",
        "- cost: \(runs.range { $0.dollars }?.text { "$" + Notation.grouped.text($0) } ?? "$0")",
    ]
    for preempted in runs.first?.preemptions ?? [] {
        lines.append("- \(preempted.taker) preempted \(preempted.count) pods of \(preempted.victim)")
    }
    if let leftOut = runs.first?.alertsLeftOut {
        let fired = Set(runs.flatMap(\.entries).filter { $0.kind == .alert }.map(\.subject)).sorted()
        lines.append("- alerts that fired: \(fired.isEmpty ? "none" : fired.joined(separator: ", "))")
        if !leftOut.isEmpty { lines.append("- alerts on what is not simulated: \(leftOut.joined(separator: ", "))") }
    }
    return lines.joined(separator: "\n") + "\n"
}

/// The changes of replicas with their rules, and what happened to pods and nodes.
private func changes(_ result: ReplayResult) -> String {
    let most = 200
    // Nodes come and go as their pods do; the pods' own entries say what matters.
    let told = result.entries.filter { $0.kind != .node }
    var lines = told.prefix(most).map { entry in
        let delay = entry.delay.isEmpty ? "" : " (\(entry.delay))"
        return "\(clock(entry.time)) \(entry.subject): \(entry.text)\(delay)\n"
    }
    if told.count > most {
        lines.append("… and \(told.count - most) more, which `--format json` lists\n")
    }
    return lines.joined()
}

/// A time of a simulation: `1d 09:30:05`.
func clock(_ time: VirtualTime) -> String {
    let all = time.wholeSeconds
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = all / 86_400
    return (day > 0 ? "\(day)d " : "") + "\(two(all / 3600 % 24)):\(two(all / 60 % 60)):\(two(all % 60))"
}

/// `2.5 s`.
func seconds(_ value: Double) -> String { "\(Notation.rounded(value < 10 ? 2 : 0).text(value)) s" }

/// `75 ms`.
func milliseconds(_ value: Double) -> String { "\(Notation.rounded(value < 0.01 ? 1 : 0).text(value * 1000)) ms" }

/// `2h 30m`.
func duration(_ seconds: Int) -> String {
    let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
}
