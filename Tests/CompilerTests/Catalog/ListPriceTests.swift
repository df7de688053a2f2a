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
        #expect(price.dollarsPerHour == dollars)
        #expect(price.region == "us-east-1")
        #expect(price.date == "2026-07-20")
    }

    @Test("Another region borrows the price and says from where")
    func borrowed() throws {
        let type = try #require(Catalog.instanceType(named: "p5.48xlarge"))
        let price = try #require(Catalog.price(of: type, region: "ap-northeast-2"))
        #expect(price.region == "us-east-1")
    }

    @Test("Only a p5e.48xlarge and what is never sold on demand have no list price")
    func unpriced() {
        let unpriced = Catalog.instanceTypes.filter { Catalog.price(of: $0, region: "us-east-1") == nil }
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
