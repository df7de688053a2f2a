/// What an instance type costs in one region, and whether the region offers it: a row of `prices.csv`.
package struct ListPrice: Sendable {
    package let region: String
    package let type: String
    /// The zones that offer it; 0 for a listed price without any, nil if not known.
    let zones: Int?
    /// The on-demand list price, dollars per hour; nil if none is known.
    package let onDemand: Double?
    /// The day or time of the on-demand price, for example `2026-07-20`.
    package let date: String
    /// The spot prices of its zones, dollars per hour; nil if none are known.
    package let spot: SpotPrices?

    /// The reference of its on-demand price.
    package var reference: CatalogReference { reference("EC2 on-demand list price in \(region) of \(date)") }
    /// The reference of its spot prices.
    package var spotReference: CatalogReference {
        reference("one snapshot of EC2 spot prices in \(region), \(SpotPrices.date)")
    }

    private func reference(_ source: String) -> CatalogReference {
        CatalogReference(table: "prices.csv", row: "\(region) \(type)", source: source)
    }
}

/// The spot prices of an instance type in the zones of a region, in one snapshot, dollars per hour.
package struct SpotPrices: Sendable {
    /// When the snapshot was taken.
    package static let date = "early 2026"

    /// In the cheapest zone.
    package let least: Double
    /// In the most expensive zone.
    package let most: Double
}

extension ListPrice {
    /// Reads the table of prices, by region and type.
    static func load() -> [String: [String: ListPrice]] {
        let columns = ["region", "type", "zones", "on-demand", "date", "spot-least", "spot-most"]
        let rows = scan("prices", columns: columns) { row in ListPrice(&row) }
        return Dictionary(grouping: rows, by: \.region).mapValues { rows in
            Dictionary(uniqueKeysWithValues: rows.map { ($0.type, $0) })
        }
    }

    private init(_ row: inout RowScanner) {
        let (region, type) = (row.text(), row.text())
        self.region = region
        self.type = type
        zones = row.integer(orEmpty: ())
        onDemand = row.number(orEmpty: ())
        date = row.text()
        let (least, most) = (row.number(orEmpty: ()), row.number(orEmpty: ()))
        spot = least.flatMap { least in most.map { SpotPrices(least: least, most: $0) } }
    }
}

extension Catalog {
    /// The row of an instance type in a region; nil if the table has none.
    package static func price(of type: InstanceType, region: String) -> ListPrice? { prices[region]?[type.name] }

    /// Whether the table of prices has a region.
    package static func hasPrices(of region: String) -> Bool { prices[region] != nil }

    /// The regions that the table of prices has.
    package static var pricedRegions: [String] { prices.keys.sorted() }

    /// Whether any region offers an instance type, as far as the table of prices knows.
    static func isOfferedAnywhere(_ type: InstanceType) -> Bool { offeredTypes.contains(type.name) }

    private static let prices = ListPrice.load()
    private static let offeredTypes = Set(
        prices.values.flatMap { $0.values.filter { ($0.zones ?? 0) > 0 }.map(\.type) })
}
