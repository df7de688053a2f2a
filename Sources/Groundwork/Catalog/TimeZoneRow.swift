import Diagnostics

/// A time zone with its offsets from UTC in minutes: a row of `time-zones.csv`.
///
/// It is enough to convert business hours to UTC without the time zone database of the machine.
package struct TimeZoneRow: CatalogRow {
    package let name: String
    /// Its least offset.
    package let least: Int
    /// Its greatest offset; nil without daylight saving time.
    package let greatest: Int?
    package let reference: CatalogReference

    /// The name closest to an unknown one.
    ///
    /// A name without a place is suggested only for the same letters: `KST` is not a misspelled `EST`.
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
