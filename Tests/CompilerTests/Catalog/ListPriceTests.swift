import Testing

@testable import Groundwork

@Suite("Catalogue prices")
struct ListPriceTests {
    @Test(
        "List prices are those of us-east-1",
        arguments: [
            ("g4dn.xlarge", 0.526), ("g6.xlarge", 0.8048), ("g5.48xlarge", 16.288), ("p4d.24xlarge", 21.957642),
            ("p5.48xlarge", 55.04), ("p6-b300.48xlarge", 142.416),
        ])
    func listed(name: String, dollars: Double) throws {
        let type = try #require(Catalog.instanceType(named: name))
        let price = try #require(Catalog.price(of: type, region: "us-east-1"))
        #expect(price.onDemand == dollars)
        #expect(price.region == "us-east-1")
        #expect(price.date == "2026-07-20")
    }

    @Test(
        "Every region has its own prices, or none",
        arguments: [
            ("g6.xlarge", "eu-central-1", 1.0064), ("p5.48xlarge", "ap-northeast-2", 75.9552),
            ("g4dn.xlarge", "af-south-1", 0.698), ("p5e.48xlarge", "us-west-2", nil), ("p5.48xlarge", "eu-west-1", nil),
            ("g6.xlarge", "ca-west-1", nil),
        ] as [(String, String, Double?)])
    func regional(name: String, region: String, dollars: Double?) throws {
        let type = try #require(Catalog.instanceType(named: name))
        let price = Catalog.price(of: type, region: region)
        #expect(price?.onDemand == dollars)
        #expect(price?.region ?? region == region)
        if dollars != nil { #expect(price?.date == "early 2026") }
    }

    @Test("The table has 23 regions, its types are in the catalog, and its spot prices are ranges")
    func rows() {
        #expect(Catalog.pricedRegions.count == 23)
        let rows = Catalog.pricedRegions.flatMap { region in
            Catalog.instanceTypes.compactMap { Catalog.price(of: $0, region: region) }
        }
        #expect(rows.count == 686)
        for row in rows {
            #expect(row.onDemand.map { $0 > 0 } ?? row.date.isEmpty, "\(row.type) in \(row.region)")
            if let spot = row.spot { #expect(0 < spot.least && spot.least <= spot.most) }
        }
        #expect(rows.count { $0.onDemand == nil } == 14)
    }

    @Test("Only a p5e.48xlarge and what is never sold on demand have no list price in us-east-1")
    func unpriced() {
        let unpriced = Catalog.instanceTypes.filter { Catalog.price(of: $0, region: "us-east-1")?.onDemand == nil }
        #expect(unpriced.map(\.name) == ["p5e.48xlarge", "p6e-gb200.36xlarge"])
    }

    @Test("A traced figure names table, row and source")
    func traced() throws {
        let type = try #require(Catalog.instanceType(named: "p5.48xlarge"))
        guard case .catalog(let reference) = type.traced(\.gpuCount).origin else {
            Issue.record("the origin is not the catalog")
            return
        }
        #expect(reference.table == "instance-types.csv")
        #expect(reference.row == "p5.48xlarge")
        #expect(reference.source.hasPrefix("Karpenter AWS provider"))
    }
}
