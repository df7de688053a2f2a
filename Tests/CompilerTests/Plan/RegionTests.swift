import Diagnostics
import Foundation
import Testing

@testable import Groundwork
@testable import Planning

@Suite("A region")
struct RegionTests {
    private static let minimal =
        (try? String(contentsOf: root.appending(path: "specs/minimal.yaml"), encoding: .utf8)) ?? ""

    /// The smallest example in a region.
    private static func spec(in region: String, platform: String = "", model: String = "", _ report: inout Report)
        -> ClusterSpec?
    {
        let text =
            minimal.replacing(
                "    cluster: minimal\n", with: "    cluster: minimal\n    region: \(region)\n\(platform)") + model
        return understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report)
    }

    @Test(
        "plans the smallest example with its own prices and offers, or names what it has",
        arguments: Catalog.pricedRegions)
    func minimal(region: String) throws {
        var report = Report()
        let spec = try #require(Self.spec(in: region, &report))
        guard let plan = plan(spec, &report) else {
            #expect(["af-south-1", "ap-northeast-3", "eu-south-1", "me-south-1"].contains(region))
            let notes = report.diagnostics.flatMap(\.notes).map(\.message)
            let words = region == "ap-northeast-3" ? "has prices in \(region) for `g4dn`" : "\(region) offers `g4dn`;"
            #expect(notes.contains { $0.contains(words) }, "\(notes)")
            return
        }
        for type in plan.pools.flatMap(\.hardware.types) {
            #expect(type.offering(in: region) == .offered)
            guard case .catalog(let reference) = try #require(plan.prices.onDemand(type)).origin else {
                Issue.record("the price of \(type.name) is not the catalog's")
                continue
            }
            #expect(reference.table == "prices.csv" && reference.row == "\(region) \(type.name)")
        }
        #expect(plan.money.steadyPerMonth.value > 0 && plan.money.worstPerMonth.value > 0)
    }

    @Test("without prices is an error at the region, and a price of the spec is enough")
    func unknown() throws {
        var report = Report()
        let spec = try #require(Self.spec(in: "ca-west-1", &report))
        #expect(plan(spec, &report) == nil)
        let error = try #require(report.diagnostics.first { $0.code == "price-unknown" })
        #expect(error.range?.line == spec.platform.region.range?.line)
        var own = Report()
        let priced = try #require(
            Self.spec(in: "ca-west-1", platform: "    prices: {g6.xlarge: $1.00/hour}\n", &own))
        #expect(try #require(plan(priced, &own)).models[0].placement.candidate.type.name == "g6.xlarge")
    }

    @Test("discounts spot by its own snapshot, which the spec overrides")
    func spot() throws {
        func discount(_ region: String, _ name: String, _ platform: String = "") throws -> Double? {
            var report = Report()
            let spec = try #require(Self.spec(in: region, platform: platform, &report))
            return PriceList(spec).spotDiscount(of: try #require(Catalog.instanceType(named: name)))?.value
        }
        let oregon = try #require(try discount("us-west-2", "g5.xlarge"))
        let type = try #require(Catalog.instanceType(named: "g5.xlarge"))
        let row = try #require(Catalog.price(of: type, region: "us-west-2"))
        let (price, spot) = (try #require(row.onDemand), try #require(row.spot))
        #expect(abs(oregon - (1 - (spot.least + spot.most) / 2 / price)) < 1e-9)
        #expect(try discount("eu-west-1", "g5.xlarge") != oregon)
        #expect(try discount("us-west-2", "g5.xlarge", "    spotDiscount: 30%\n") == 0.3)
        #expect(try discount("ap-northeast-2", "p5.48xlarge") == nil, "the snapshot has no spot price of it there")
        #expect(try discount("ap-south-1", "p4d.24xlarge") == 0, "spot costs as much as on-demand there")
    }
}
