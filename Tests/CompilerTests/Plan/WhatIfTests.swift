import Diagnostics
import Foundation
import Testing

@testable import Compiler
@testable import Groundwork
@testable import Planning

@Suite("What if")
struct WhatIfTests {
    private func fleet() throws -> ClusterSpec {
        let text = try String(contentsOf: root.appending(path: "specs/fleet.yaml"), encoding: .utf8)
        var report = Report()
        return try #require(understand(SpecSource(SourceFile(path: "specs/fleet.yaml", text: text)), &report))
    }

    private func scenario(_ changes: WhatIf...) throws -> (today: Plan, other: Plan) {
        var report = Report()
        let scenarios = try #require(compare(try fleet(), [changes], &report))
        #expect(scenarios.count == 2)
        return (try #require(scenarios[0].plan), try #require(scenarios[1].plan))
    }

    @Test(
        "reads its words",
        arguments: [
            "lost-zone", "lost-zone=us-east-1a", "no-spot", "traffic=2", "traffic=x1.5", "region=eu-west-1",
            "prices=0.8",
        ])
    func words(_ text: String) { #expect(WhatIf(text) != nil) }

    @Test(
        "rejects other words",
        arguments: ["", "zone", "traffic", "traffic=0", "traffic=-1", "traffic=many", "no-spot=1", "region=mars"])
    func wrongWords(_ text: String) { #expect(WhatIf(text) == nil) }

    @Test("plans for a lost zone without it")
    func lostZone() throws {
        let (today, other) = try scenario(.lostZone("us-east-1b"))
        #expect(today.pools.contains { $0.hardware.zones.contains { $0.value == "us-east-1b" } })
        #expect(!other.pools.contains { $0.hardware.zones.contains { $0.value == "us-east-1b" } })
        var report = Report()
        _ = try fleet().under([.lostZone("eu-west-1a")], &report)
        #expect(report.diagnostics.map(\.code) == ["unknown-zone"])
    }

    @Test("counts what a zone takes along by whole nodes")
    func left() throws {
        var report = Report()
        let scenarios = try #require(compare(try fleet(), [[.lostZone(nil)]], &report))
        for model in try #require(scenarios[0].plan).models {
            let placement = model.placement
            let left = try #require(scenarios[1].left[model.name]).replicas
            let gone = placement.minReplicas.value - left
            #expect(left >= 0)
            #expect(gone == placement.minReplicas.value || gone.isMultiple(of: placement.onOneNode))
        }
    }

    @Test("counts as lost what stands in one zone alone, and what is reserved there")
    func leftByZones() throws {
        func left(_ name: String, _ zone: String) throws -> [String: Remainder] {
            let text = try String(contentsOf: root.appending(path: "specs/\(name).yaml"), encoding: .utf8)
            var report = Report()
            let spec = try #require(understand(SpecSource(SourceFile(path: "specs/\(name).yaml", text: text)), &report))
            return try #require(compare(spec, [[.lostZone(zone)]], &report))[1].left
        }
        // The static pool of model-e stands in the first zone.
        #expect(try left("seed", "us-east-1a")["model-e"]?.replicas == 0)
        #expect(try left("seed", "us-east-1b")["model-e"]?.replicas == 3)
        #expect(try left("seed", "us-east-1b")["model-d"]?.words.hasPrefix("1 if its nodes are spread evenly") == true)
        // One reserved node in each of two zones, and two replicas.
        #expect(try left("deepseek", "us-east-1a")["deepseek-r1"]?.words == "at least 1, enough for steady traffic")
    }

    @Test("shows what is paid and idle beside the pools, so that they add up")
    func idle() throws {
        let text = try String(contentsOf: root.appending(path: "specs/deepseek.yaml"), encoding: .utf8)
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "specs/deepseek.yaml", text: text)), &report))
        let scenarios = try #require(compare(spec, [[.lostZone("us-east-1a")]], &report))
        let row = try #require(page(scenarios).split(separator: "\n").first { $0.contains("cr-0a1b2c3d4e5f60718") })
        #expect(row.contains("| in use ") && row.contains("reserved, idle, $47,092"))
    }

    @Test("plans without spot for no spot")
    func noSpot() throws {
        let (today, other) = try scenario(.noSpot)
        #expect(today.pools.contains { $0.role == .spot })
        #expect(!other.pools.contains { $0.role == .spot })
    }

    @Test("multiplies traffic and prices, and several changes at once")
    func factors() throws {
        let (today, busier) = try scenario(.traffic(2))
        for (before, after) in zip(today.models, busier.models) {
            let rates = (before.placement.spec.traffic?.peak.value, after.placement.spec.traffic?.peak.value)
            #expect(try #require(rates.1) == 2 * (try #require(rates.0)))
        }
        #expect(busier.money.steadyPerMonth.value > today.money.steadyPerMonth.value)
        let (_, doubled) = try scenario(.prices(2))
        let ratio = doubled.money.steadyPerMonth.value / today.money.steadyPerMonth.value
        #expect(ratio > 1.98 && ratio < 2, "volumes keep their price")
        let (_, both) = try scenario(.traffic(2), .prices(2))
        #expect(both.money.worstPerMonth.value > busier.money.worstPerMonth.value)
    }

    @Test("takes from another region only what it offers")
    func region() throws {
        let (_, other) = try scenario(.region("ap-northeast-2"))
        for model in other.models {
            if case .notOffered = model.placement.candidate.type.offering(in: "ap-northeast-2") {
                Issue.record("\(model.placement.candidate.type.name) is not offered there")
            }
        }
    }

    @Test("shows a scenario that cannot be planned, and why")
    func rejected() throws {
        let text = try String(contentsOf: root.appending(path: "specs/seed.yaml"), encoding: .utf8)
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "specs/seed.yaml", text: text)), &report))
        let scenarios = try #require(compare(spec, [[.region("eu-west-1")]], &report))
        #expect(scenarios[1].plan == nil)
        #expect(page(scenarios).contains("## No plan: in eu-west-1"))
        let json = try JSONSerialization.jsonObject(with: Data(figures(scenarios).utf8)) as? [String: [[String: Any]]]
        #expect(try #require(json)["scenarios"]?.count == 2)
    }
}
