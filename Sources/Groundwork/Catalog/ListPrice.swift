/// The on-demand list price of an instance type in one region.
package struct ListPrice: CatalogRow {
    package let dollarsPerHour: Double
    /// Its column.
    private let column: PriceColumn
    private let type: CatalogReference

    /// The region whose price it is.
    package var region: String { column.region }
    /// The day of the price list, for example `2026-07-20`.
    package var date: String { column.date }
    package var reference: CatalogReference {
        let source = "EC2 on-demand list price in \(region) of \(date)"
        return CatalogReference(table: type.table, row: type.row, source: source)
    }
}

/// A column of prices: those of one region on one day.
struct PriceColumn: Sendable {
    fileprivate let region: String
    fileprivate let date: String

    /// The region and day of a column named `on-demand REGION DATE`; nil for other names.
    init?(_ name: String) {
        let words = name.split(separator: " ")
        guard words.count == 3, words[0] == "on-demand" else { return nil }
        region = String(words[1])
        date = String(words[2])
    }
}

extension ListPrice {
    /// Reads the columns of prices, which end a row of instance types.
    static func read(_ row: inout RowScanner, columns: [PriceColumn], type: CatalogReference) -> [ListPrice] {
        var prices: [ListPrice] = []
        for column in columns {
            guard let dollars = row.number(orEmpty: ()) else { continue }
            prices.append(ListPrice(dollarsPerHour: dollars, column: column, type: type))
        }
        return prices
    }
}
