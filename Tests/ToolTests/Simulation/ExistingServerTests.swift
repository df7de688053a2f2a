import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import Simulate
import TestTools
import Testing

@Suite("The simulation of a workload that others own")
struct ExistingServerTests {
    private static func cluster(_ serving: String) throws -> SimulatedCluster {
        let path = "Tests/CompilerTests/Cases/a-workload-that-others-own/spec.yaml"
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        let changed = text.split(separator: "\n").map { $0.contains("serving:") ? "      serving: \(serving)" : $0 }
        var report = Report()
        let source = SpecSource(SourceFile(path: "spec.yaml", text: changed.joined(separator: "\n") + "\n"))
        let compilation = compile(source, with: TemplateLibrary([.defaults]), &report)
        let made = try #require(compilation, "\(report.diagnostics.map(\.message))")
        return SimulatedCluster(made, &report)
    }

    private static let surge = {
        var scenario = LoadScenario()
        scenario.models = ["chat"]
        scenario.shape = .surge(times: nil, at: 300, length: nil)
        scenario.duration = 1_800
        return scenario
    }()

    @Test("is that of the Deployment that would be generated in its place")
    func alike() throws {
        let generated = try #require(try SimulationTests.run(try Self.cluster("{}"), Self.surge).first)
        let foreign = try Self.cluster(
            "{deployment: chat-vllm, labels: {app: chat}, container: server, port: 8000, servedModelName: llama}")
        let result = try #require(try SimulationTests.run(foreign, Self.surge).first)
        let (own, other) = (try #require(generated.models.first), try #require(result.models.first))
        #expect(other.name == "chat" && other.tally.arrived == own.tally.arrived && other.tally.arrived > 1_000)
        #expect(other.mostReady == own.mostReady && other.mostReady == 3)
        #expect(other.leastReady == own.leastReady && other.scaleOuts == own.scaleOuts)
        #expect(other.tally.firstInTime == own.tally.firstInTime)
        #expect(result.dollars == generated.dollars)
    }

    @Test("takes the Deployment itself where the manifests have it")
    func present() throws {
        let base = try Self.cluster("{deployment: chat-vllm, labels: {app: chat}}")
        let text = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat-vllm, namespace: inference}
            spec:
              selector: {matchLabels: {app: chat}}
              template:
                metadata: {labels: {app: chat}}
                spec: {containers: [{name: vllm, image: vllm, args: [--served-model-name=chat]}]}
            """
        var report = Report()
        let objects = readObjects(SourceFile(path: "chat.yaml", text: text), &report)
        let cluster = SimulatedCluster(name: base.name, objects: base.objects + objects, plan: base.plan)
        let result = try #require(try SimulationTests.run(cluster, Self.surge).first)
        // Its pods request no GPU, so that they need none of the plan's nodes.
        #expect(result.dollars == 0)
        #expect(try #require(try SimulationTests.run(base, Self.surge).first).dollars > 0)
    }

    @Test("is left out, with a warning, if it is no Deployment")
    func others() throws {
        let cluster = try Self.cluster("{deployment: chat, kind: StatefulSet}")
        var report = Report()
        _ = simulate(cluster, LoadScenario(), &report)
        #expect(report.diagnostics.map(\.code) == ["workload-not-simulated"])
    }
}
