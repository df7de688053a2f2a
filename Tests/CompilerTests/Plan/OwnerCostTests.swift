import Diagnostics
import Foundation
import Testing

@testable import Groundwork
@testable import Planning

@Suite("Costs by team")
struct OwnerCostTests {
    /// A spec whose models belong to two teams and to none, in turn.
    private func divided(_ text: String) throws -> Plan {
        let parts = text.components(separatedBy: "\n    - name: ")
        var changed = parts[0]
        for (index, part) in parts.dropFirst().enumerated() {
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let team = ["\n      team: search", "\n      team: chat", ""][index % 3]
            changed += "\n    - name: \(lines[0])\(team)\n\(lines.count > 1 ? lines[1] : "")"
        }
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: changed)), &report))
        return try #require(plan(spec, &report))
    }

    private func expectAll(_ plan: Plan, _ comment: Comment) {
        let money = plan.money
        let loads: [(Traced<Double>, KeyPath<OwnerCost, Traced<Double>>)] = [
            (money.steadyPerMonth, \.steadyPerMonth), (money.busyPerMonth, \.busyPerMonth),
            (money.peakPerMonth, \.peakPerMonth), (money.expectedPerMonth, \.expectedPerMonth),
            (money.worstPerMonth, \.worstPerMonth),
        ]
        for (whole, part) in loads {
            let sum = plan.owners.reduce(0) { $0 + $1[keyPath: part].value }
            #expect(abs(sum - whole.value) <= 0.005 * Double(plan.owners.count) + 0.001, comment)
            #expect(plan.owners.allSatisfy { $0[keyPath: part].value >= 0 }, comment)
        }
        #expect(Set(plan.owners.map(\.name)).count == plan.owners.count, comment)
    }

    @Test(
        "add up to the cost of the cluster",
        arguments: ["fleet", "scaling", "seed", "shared", "claims", "groups", "deepseek", "development"])
    func sum(_ name: String) throws {
        let plan = try divided(
            String(contentsOf: root.appending(path: "specs/\(name).yaml"), encoding: .utf8))
        #expect(!plan.owners.isEmpty)
        expectAll(plan, "\(name)")
    }

    @Test("add up for specs drawn at random", arguments: (1...30).map { RandomSpec(seed: UInt64($0)) })
    func random(_ drawn: RandomSpec) throws {
        var report = Report()
        guard let spec = drawn.spec(), plan(spec, &report) != nil else { return }
        expectAll(
            try divided(drawn.text), "\(drawn.text)")
    }

    private let head = """
        apiVersion: stowage.dev/v1alpha1
        kind: GPUCluster
        metadata: {name: teams}
        spec:
          platform:
            cluster: teams
            kubernetes: "1.35"
            karpenter: {version: "1.14"}
            autoscaler: {keda: "2.20"}
            gpu: {ami: al2023@v20260714}
          instances: {prefer: [g6e.xlarge]}

        """
    private let models = """
          models:
            - name: a
              team: search
              source: meta-llama/Llama-3.1-8B-Instruct
              replicas: {min: 1, max: 4}
            - name: b
              team: chat
              source: meta-llama/Llama-3.1-8B-Instruct
              replicas: {min: 1, max: 2}

        """

    private func planned(_ text: String) throws -> Plan {
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report))
        return try #require(plan(spec, &report), "\(report.diagnostics.map(\.message))")
    }

    @Test("divide an elastic pool by the replicas that do not fit the primary pools")
    func byHand() throws {
        let plan = try planned(head + models)
        let costs = Dictionary(plan.money.pools.map { ($0.pool, $0.worstPerMonth.value) }) { first, _ in first }
        let elastic = try #require(costs["elastic-l40s"])
        let primary = try #require(costs["a-primary"])
        let search = try #require(plan.owners.first { $0.name == "search" })
        #expect(abs(search.worstPerMonth.value - (primary + elastic * 3 / 4)) < 0.01)
        #expect(search.steadyPerMonth.value == plan.money.pools.first { $0.pool == "a-primary" }?.steadyPerMonth.value)
    }

    @Test("are not listed without teams, nor by a label that is the same on all models")
    func absent() throws {
        let bare = models.replacing("      team: search\n", with: "").replacing("      team: chat\n", with: "")
        #expect(try planned(head + bare).owners.isEmpty)
        let same = head.replacing("gpu: {ami", with: "labels: {team: ml}\n    gpu: {ami")
        #expect(try planned(same + bare).owners.isEmpty)
        let labeled = bare.replacing("name: a\n", with: "name: a\n      labels: {team: search}\n")
        #expect(try planned(head + labeled).owners.map(\.name) == ["search", "no team"])
    }

    @Test("are no limit of a scenario")
    func scenario() throws {
        let budget = try #require(
            planned(head + models).owners.first { $0.name == "chat" }?.worstPerMonth.value.rounded(.up))
        let teams = "  teams:\n    - {name: chat, budget: $\(Int(budget))/month}\n    - {name: search}\n"
        var report = Report()
        let source = SpecSource(SourceFile(path: "spec.yaml", text: head + teams + models))
        let spec = try #require(understand(source, &report))
        let scenarios = try #require(compare(spec, [[.prices(2)]], &report))
        #expect(scenarios.count == 2 && scenarios[1].plan != nil)
        #expect(!report.hasErrors)
    }
}
