import Compiler
import Diagnostics
import Groundwork
import Simulate
import Testing
import YAML

/// The example clusters under load, from their manifests.
@Suite("The simulation of an example")
struct SimulationTests {
    /// A cluster as `simulate SPEC` reads it.
    static func cluster(_ name: String) throws -> SimulatedCluster { try cluster(compiled(name, name)) }

    /// A spec compiled here as a cluster.
    static func cluster(_ compiled: Compiled) throws -> SimulatedCluster {
        var report = Report()
        let objects = compiled.files.keys.sorted().filter { $0.hasSuffix(".yaml") }.flatMap { path in
            (readYAML(SourceFile(path: path, text: compiled.files[path] ?? ""), &report) ?? []).map {
                ManifestValue($0)
            }
        }
        #expect(!report.hasErrors)
        return SimulatedCluster(name: compiled.name, objects: objects, plan: SimulatedPlan(compiled.plan))
    }

    static func run(_ cluster: SimulatedCluster, _ scenario: LoadScenario) throws -> [ReplayResult] {
        var report = Report()
        let results = simulate(cluster, scenario, &report)
        return try #require(results, "\(report.diagnostics.map(\.message))")
    }

    @Test(
        "meets the objectives at steady load, on the plan's minimum of replicas",
        arguments: ["minimal", "shared", "groups"])
    func steady(_ name: String) throws {
        let cluster = try Self.cluster(name)
        var scenario = LoadScenario()
        scenario.shape = .steady
        scenario.duration = 1_200
        let result = try #require(try Self.run(cluster, scenario).first)
        #expect(result.models.count == cluster.plan.models.count)
        for model in result.models {
            #expect(model.tally.arrived > 0, "\(model.name)")
            #expect(model.tally.rejected == 0 && model.tally.lost == 0, "\(model.name)")
            if let goal = model.tally.ttft { #expect(model.tally.ttftShare ?? 0 >= goal.share, "\(model.name)") }
            if let goal = model.tally.tpot { #expect(model.tally.tpotShare ?? 0 >= goal.share, "\(model.name)") }
        }
    }

    @Test("gives the same bytes for the same seed")
    func reproducible() throws {
        let cluster = try Self.cluster("minimal")
        var scenario = LoadScenario()
        scenario.shape = .surge(times: nil, at: 120, length: 300)
        scenario.duration = 1_500
        let first = simulationJSON(cluster, scenario, try Self.run(cluster, scenario)).page
        #expect(first == simulationJSON(cluster, scenario, try Self.run(cluster, scenario)).page)
        scenario.seed = 2
        #expect(first != simulationJSON(cluster, scenario, try Self.run(cluster, scenario)).page)
    }

    @Test("accounts for every request")
    func conserves() throws {
        let cluster = try Self.cluster("minimal")
        var scenario = LoadScenario()
        scenario.shape = .surge(times: 12, at: 120, length: nil)
        scenario.duration = 1_500
        scenario.incidents = [try #require(Incident("10m lost-zone=us-east-1a"))]
        let tally = try #require(try Self.run(cluster, scenario).first?.models.first?.tally)
        #expect(tally.rejected + tally.lost > 0)
        #expect(tally.arrived == tally.minutes.reduce(0) { $0 + Int($1.arrived) })
        #expect(tally.arrived == tally.completed + tally.rejected + tally.lost)
        #expect(tally.firstInTime <= tally.completed, "a request that is lost is not in time")
    }

    @Test("names the rule behind every change of replicas, and what held it back")
    func reasons() throws {
        var scenario = LoadScenario()
        scenario.models = ["model-a"]
        scenario.shape = .surge(times: nil, at: 300, length: 900)
        scenario.duration = 3_600
        let result = try #require(try Self.run(try Self.cluster("seed"), scenario).first)
        let scalings = result.entries.filter { $0.kind == .scaling && $0.subject == "model-a" }
        #expect(scalings.count >= 5)
        #expect(scalings.first?.text.hasPrefix("3 → 4: load ") ?? false)
        #expect(scalings.contains { $0.text.contains("policy for scaling up") })
        #expect(scalings.contains { $0.delay.contains("stabilization window of 402 s for scaling down") })
    }

    @Test("keeps the replicas while Prometheus is down, and raises them to the fallback")
    func blind() throws {
        var scenario = LoadScenario()
        scenario.shape = .steady
        scenario.duration = 2_400
        scenario.incidents = [try #require(Incident("5m prometheus-down=20m"))]
        let result = try #require(try Self.run(try Self.cluster("minimal"), scenario).first)
        let scalings = result.entries.filter { $0.kind == .scaling }
        #expect(scalings.first?.text == "2 → 3: fallback: Prometheus is down")
        #expect(result.models.allSatisfy { $0.leastReady >= 2 })
    }

    @Test("names the alerts that fire in a surge, and those on what is not simulated")
    func alerts() throws {
        var scenario = LoadScenario()
        scenario.models = ["llama"]
        scenario.shape = .surge(times: 30, at: 300, length: nil)
        scenario.duration = 3_000
        scenario.hasAlerts = true
        let result = try #require(try Self.run(try Self.cluster("minimal"), scenario).first)
        let fired = Set(result.entries.filter { $0.kind == .alert }.map(\.subject))
        #expect(fired.isSuperset(of: ["ModelLoadHigh", "ModelLoadCritical", "ModelAtMaxReplicas"]))
        #expect(!fired.contains("ModelScalerBlind"))
        // Critical waits for two minutes above its level, which the surge reaches within its first minute.
        let critical = try #require(result.entries.first { $0.subject == "ModelLoadCritical" }).time
        #expect(critical > .seconds(420) && critical < .seconds(600))
        #expect(result.alertsLeftOut?.contains("GPUTemperatureHigh") ?? false)
    }

    @Test("fires no alert at steady load")
    func quiet() throws {
        var scenario = LoadScenario()
        scenario.shape = .steady
        scenario.duration = 3_600
        scenario.hasAlerts = true
        let result = try #require(try Self.run(try Self.cluster("minimal"), scenario).first)
        #expect(result.entries.filter { $0.kind == .alert } == [])
    }
}
