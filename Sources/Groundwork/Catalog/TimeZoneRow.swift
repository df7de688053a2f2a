import Diagnostics

/// A time zone with its offsets from UTC in minutes: a row of `time-zones.csv`.
///
/// It is enough to turn business hours into UTC, without the machine's own tables.
package struct TimeZoneRow: CatalogRow {
    package let name: String
    /// The least of the offsets that its clocks show.
    package let least: Int
    /// The greatest of them; nil where the clocks never change.
    package let greatest: Int?
    package let reference: CatalogReference

    /// The name closest to one that no zone has.
    ///
    /// A name without a place is meant only by who writes its letters: `KST` is no misspelt `EST`.
    package static func near(_ name: String) -> String? {
        let letters = name.lowercased()
        return closest(
            to: name, among: Catalog.timeZones.map(\.name).filter { $0.contains("/") || $0.lowercased() == letters })
    }
}

extension TimeZoneRow {
    /// Reads the table of time zones.
    static func load() -> [TimeZoneRow] {
        scan("time-zones", columns: ["zone", "least", "greatest"]) { row in
            let name = row.text()
            return TimeZoneRow(
                name: name, least: row.signedInteger(), greatest: row.signedInteger(orEmpty: ()),
                reference: row.reference(name))
        }
    }
}
