import Diagnostics
import Groundwork
import Simulate

/// The outcome of a simulation as JSON: the figures of each run, what happened, and the timeline.
package func simulationJSON(_ cluster: SimulatedCluster, _ scenario: LoadScenario, _ runs: [ReplayResult]) -> JSON {
    [
        "cluster": .string(cluster.name), "seconds": .integer(Int(scenario.seconds)),
        "seed": .integer(Int(truncatingIfNeeded: scenario.seed)),
        "runs": .array(runs.map { run($0, scenario) }),
    ]
}

private func run(_ result: ReplayResult, _ scenario: LoadScenario) -> JSON {
    [
        "dollars": .number(result.dollars.rounded(2)), "gpuHours": .number(result.gpuHours.rounded(3)),
        "leastNodes": .integer(result.leastNodes), "mostNodes": .integer(result.mostNodes),
        "models": .array(result.models.map(model)),
        "preemptions": .array(
            result.preemptions.map { preempted in
                [
                    "taker": .string(preempted.taker), "victim": .string(preempted.victim),
                    "pods": .integer(preempted.count),
                ]
            }),
        "recoveries": recoveryJSON(scenario, result),
        "entries": .array(
            result.entries.map { entry in
                [
                    "seconds": .number(Double(entry.time.milliseconds) / 1000), "kind": .string(entry.kind.rawValue),
                    "subject": .string(entry.subject), "text": .string(entry.text), "delay": .string(entry.delay),
                ]
            }),
        "pools": .array(result.pools.map { .string($0) }),
        "timeline": .array(result.samples.map { sample($0, result) }),
    ]
}

private func model(_ model: ReplayResult.Model) -> JSON {
    let tally = model.tally
    func number(_ value: Double?, _ decimals: Int = 4) -> JSON { value.map { .number($0.rounded(decimals)) } ?? .null }
    let worst = tally.worst(atLeast: worstRequests)
    let key = model.latency.key
    // A model that generates no tokens has one in place of its step.
    let generates = model.latency == .timeToFirstToken
    return [
        "name": .string(model.name), "requests": .integer(tally.arrived), "rejected": .integer(tally.rejected),
        "lost": .integer(tally.lost), "outputTokens": generates ? .number(tally.tokens.rounded(0)) : .null,
        "\(key)Objective": tally.ttft.map { ["seconds": .number($0.seconds), "share": .number($0.share)] } ?? .null,
        "\(key)Share": number(tally.ttftShare),
        "\(key)AtShare": number(tally.ttfts.quantile(tally.ttft?.share ?? 0.95)),
        "worstMinute": worst.map { ["minute": .integer($0.minute), "share": .number($0.share.rounded(4))] } ?? .null,
        "tpotObjective": tally.tpot.map { ["seconds": .number($0.seconds), "share": .number($0.share)] } ?? .null,
        "tpotShare": number(tally.tpotShare),
        "tpotAtShare": generates ? number(tally.tpots.quantile(tally.tpot?.share ?? 0.95), 5) : .null,
        "mostWaiting": .integer(model.mostWaiting), "leastReady": .integer(model.leastReady),
        "meanReady": number(model.meanReady, 3), "mostReady": .integer(model.mostReady),
        "scaledUp": .integer(model.scaleOuts), "scaledDown": .integer(model.scaleIns), "flaps": .integer(model.flaps),
        "missedMinutes": .integer(model.missedMinutes), "longestMissMinutes": .integer(model.longestMiss),
    ]
}

private func sample(_ sample: ReplayResult.Sample, _ result: ReplayResult) -> JSON {
    [
        "seconds": .integer(sample.time.wholeSeconds), "dollarsPerHour": .number(sample.dollars.rounded(4)),
        "nodes": .array(sample.nodes.map { .integer($0) }),
        "models": .array(
            zip(sample.models, result.models).map { model, whole in
                [
                    "requestsPerSecond": .number(model.rate.rounded(3)), "running": .integer(model.running),
                    "waiting": .integer(model.waiting), "wanted": .integer(model.wanted),
                    "ready": .integer(model.ready),
                    "\(whole.latency.key)": model.ttft.map { .number($0.rounded(3)) } ?? .null,
                ]
            }),
    ]
}
