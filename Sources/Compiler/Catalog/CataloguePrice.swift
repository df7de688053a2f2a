/// The on-demand list price of an instance type in one region.
package struct CataloguePrice: CatalogRow {
    package let dollarsPerHour: Double
    /// The region whose price it is.
    package let region: String
    /// The day of the price list, for example `2026-07-20`.
    package let date: String
    package let reference: CatalogReference
}

extension CataloguePrice {
    /// Reads the columns `on-demand REGION DATE`, which end a row of instance types.
    static func read(_ row: inout RowScanner, type: String) -> [CataloguePrice] {
        var prices: [CataloguePrice] = []
        for column in row.furtherColumns {
            let words = column.split(separator: " ")
            guard words.count == 3, words[0] == "on-demand" else { row.refuse("`\(column)` is no column of prices") }
            guard let dollars = row.number(orEmpty: ()) else { continue }
            let source = "EC2 on-demand list price in \(words[1]) of \(words[2])"
            prices.append(
                CataloguePrice(
                    dollarsPerHour: dollars, region: String(words[1]), date: String(words[2]),
                    reference: row.reference(type, source: source)))
        }
        return prices
    }
}
