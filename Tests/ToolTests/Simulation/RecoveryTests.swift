import Compiler
import Simulate
import Testing

@Suite("The time to recover")
struct RecoveryTests {
    private func run(_ shape: LoadShape, _ seconds: Double, _ event: String? = nil) throws -> ReplayResult {
        var scenario = LoadScenario()
        scenario.shape = shape
        scenario.duration = seconds
        scenario.incidents = try event.map { [try #require(Incident($0))] } ?? []
        return try #require(try SimulationTests.run(try SimulationTests.cluster("minimal"), scenario).first)
    }

    @Test("ends when the replicas of a lost zone are ready again")
    func lostZone() throws {
        let result = try run(.steady, 2_400, "5m lost-zone=us-east-1a")
        let samples = result.samples.map { ($0.time.wholeSeconds, $0.models[0]) }
        let short = samples.filter { $0.0 > 300 && $0.1.ready < $0.1.wanted }.map(\.0)
        let last = try #require(short.last)
        #expect(last > 480 && last < 1_200, "a node and a cold start")
        #expect(result.recovery(of: 0, from: 300) == .after(seconds: Double(last) - 300))
    }

    @Test("is nothing for an event without an effect, and has no end where the load stays too high")
    func ends() throws {
        #expect(try run(.steady, 1_800, "5m prometheus-down=5m").recovery(of: 0, from: 300) == .unaffected)
        let surge = LoadShape.surge(times: 40, at: 300, length: nil)
        #expect(try run(surge, 2_400).recovery(of: 0, from: 300) == .never)
    }

    @Test("is in the table, in JSON and on the page")
    func shown() throws {
        let cluster = try SimulationTests.cluster("minimal")
        var scenario = LoadScenario()
        scenario.shape = .surge(times: 25, at: 300, length: 600)
        scenario.duration = 3_000
        let runs = try SimulationTests.run(cluster, scenario)
        guard case .after(let seconds) = try #require(runs.first).recovery(of: 0, from: 300) else {
            Issue.record("the surge has no effect")
            return
        }
        let row = "| surge to 25 times the steady load | 00:05:00 | llama          | \(Int(seconds / 60)) min"
        #expect(simulationPage(cluster, scenario, runs).contains(row))
        #expect(simulationHTML(cluster, scenario, runs).contains("\(Int(seconds / 60)) min"))
        #expect(simulationJSON(cluster, scenario, runs).page.contains("\"recoverySeconds\": \(Int(seconds))"))
        #expect(simulationComparison(scenario, (cluster, runs), (cluster, runs)).contains("time to recover, A"))
    }
}

@Suite("A model that generates no tokens")
struct PoolingSimulationTests {
    @Test("has the end-to-end latency, by its name, in the table, in JSON and on the page")
    func named() throws {
        let cluster = try SimulationTests.cluster("search")
        var scenario = LoadScenario()
        scenario.shape = .steady
        scenario.rate = 0.02
        scenario.duration = 300
        let runs = try SimulationTests.run(cluster, scenario)
        let page = simulationPage(cluster, scenario, runs)
        #expect(page.contains("| end-to-end latency 95% ≤ 0.3 s |") && page.contains("| latency objective "))
        #expect(!page.contains("TTFT objective"))
        let html = simulationHTML(cluster, scenario, runs)
        #expect(html.contains("End-to-end latency at 95% of the requests"))
        #expect(html.contains("Time to first token at 95% of the requests"), "scans generates text")
        let json = simulationJSON(cluster, scenario, runs).page
        #expect(json.contains("\"endToEndObjective\"") && json.contains("\"endToEndShare\": 1"))
        let queries = try #require(runs.first?.models.first { $0.name == "queries" })
        #expect(queries.latency == .endToEnd)
        // Alone in a replica, a request takes what the plan says for one at a time.
        let times = try #require(cluster.plan.models.first { $0.name == "queries" }).times
        let alone = times.start[0] + times.promptToken[0] * 40
        let measured = try #require(queries.tally.ttfts.quantile(0.5))
        #expect(measured > alone * 0.9 && measured < alone * 1.3)
        let condition = try #require(SimulationCondition("e2e>=1.1"))
        #expect(condition.failures(runs).count == 2, "queries and rerank have the objective")
        #expect(try #require(SimulationCondition("ttft>=1.1")).failures(runs) == [])
    }
}
