import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import Simulate
import TestTools
import Testing

@Suite("The simulation of an existing workload")
struct ExistingServerTests {
    private static func cluster(_ serving: String) throws -> SimulatedCluster {
        let path = "Tests/CompilerTests/Cases/an-existing-workload/spec.yaml"
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

    @Test("is that of a LeaderWorkerSet of one pod per replica, whose pods start in parallel")
    func leaders() throws {
        let generated = try #require(try SimulationTests.run(try Self.cluster("{}"), Self.surge).first)
        let foreign = try Self.cluster("{deployment: chat-lws, kind: LeaderWorkerSet}")
        let result = try #require(try SimulationTests.run(foreign, Self.surge).first)
        let (own, other) = (try #require(generated.models.first), try #require(result.models.first))
        #expect(other.tally.arrived == own.tally.arrived && other.mostReady == own.mostReady && other.mostReady == 3)
        #expect(result.dollars == generated.dollars)
        #expect(result.entries.contains { $0.kind == .ready && $0.text.hasPrefix("chat-lws-2 is ready") })
    }

    /// When each pod of a StatefulSet is ready in a rollout, in seconds.
    private static func starts(_ policy: String) throws -> [Int] {
        let base = try cluster("{deployment: chat, kind: StatefulSet}")
        let text = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: chat, namespace: inference}
            spec:
              replicas: 3
              podManagementPolicy: \(policy)
              selector: {matchLabels: {app: chat}}
              template:
                metadata: {labels: {app: chat}}
                spec: {containers: [{name: vllm, image: vllm, args: [--served-model-name=chat]}]}
            """
        var report = Report()
        let objects = base.objects.filter { $0["kind"]?.text != "ScaledObject" }
        let cluster = SimulatedCluster(
            name: base.name, objects: objects + readObjects(SourceFile(path: "chat.yaml", text: text), &report),
            plan: base.plan)
        var scenario = LoadScenario()
        scenario.duration = 7_200
        scenario.incidents = [Incident(at: .seconds(60), .rollout(model: nil))]
        let result = try #require(try SimulationTests.run(cluster, scenario).first)
        return result.entries.filter { $0.kind == .ready }.map { $0.time.milliseconds / 1000 }
    }

    @Test(
        "replaces the pods of a StatefulSet one after the other in a rollout", arguments: ["OrderedReady", "Parallel"])
    func rollout(_ policy: String) throws {
        let ready = try Self.starts(policy)
        try #require(ready.count == 3)
        // Each ends for its grace period and starts for some minutes before the next one ends.
        let steps = zip(ready, ready.dropFirst()).map { $1 - $0 }
        #expect(steps.allSatisfy { $0 > 60 } && ready[0] > 90, "\(ready)")
    }

    @Test("leaves out a LeaderWorkerSet whose groups have several pods, with a warning")
    func groups() throws {
        let base = try Self.cluster("{deployment: chat, kind: LeaderWorkerSet}")
        let text = """
            apiVersion: leaderworkerset.x-k8s.io/v1
            kind: LeaderWorkerSet
            metadata: {name: chat, namespace: inference}
            spec: {leaderWorkerTemplate: {size: 2, workerTemplate: {spec: {containers: [{name: vllm}]}}}}
            """
        var report = Report()
        let objects = readObjects(SourceFile(path: "chat.yaml", text: text), &report)
        let cluster = SimulatedCluster(name: base.name, objects: base.objects + objects, plan: base.plan)
        _ = simulate(cluster, LoadScenario(), &report)
        #expect(report.diagnostics.map(\.code) == ["workload-not-simulated"])
    }
}
