import Compiler
import Simulate
import Testing

@Suite("The minimum that PLAN.md names for a jump to peak load")
struct JumpTests {
    @Test(
        "holds the objectives of a surge within a minute",
        arguments: [("model-a", "class: realtime"), ("model-d", "spot: allowed}")])
    func holds(_ model: String, _ line: String) throws {
        let plan = try compiled("seed", "seed").files["PLAN.md"] ?? ""
        let sentence = try #require(
            plan.split(separator: "\n").first { $0.hasPrefix("- Traffic of \(model) takes at least") })
        let match = try #require(
            try /A minimum of (\d+) replicas instead of (\d+) \(`replicas.min`\) sustains the peak at once/
                .firstMatch(in: String(sentence)))
        let most = try #require(
            try compiled("seed", "seed").plan.models.first { $0.name == model }
        ).placement.maxReplicas.value
        let words = "replicas: {min: \(match.1), max: \(most)}"
        let cluster = try SimulationTests.cluster(
            compiled("seed with a minimum", "seed", replacing: [line: "\(line)\n      \(words)"]))
        var scenario = LoadScenario()
        scenario.models = [model]
        scenario.shape = .surge(times: nil, at: 300, length: 1_200)
        scenario.duration = 1_800
        scenario.runs = 2
        for result in try SimulationTests.run(cluster, scenario) {
            let own = try #require(result.models.first { $0.name == model })
            #expect(own.leastReady == Int(match.1))
            #expect(own.tally.ttftShare ?? 0 >= own.tally.ttft?.share ?? 1, "\(own.tally.ttftShare ?? 0)")
            let worst = try #require(own.tally.worst(atLeast: 20))
            #expect(worst.share >= own.tally.ttft?.share ?? 1, "minute \(worst.minute): \(worst.share)")
        }
    }
}
