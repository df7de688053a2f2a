/// A number with meaning: value, unit, reason and source.
///
/// Every such number of the compiler is a row of this type. A class, because the reasons of many values refer to one row.
package final class Threshold: Sendable {
    /// Its name, as `explain` prints it.
    package let name: String
    package let value: Double
    /// The unit, for example `s`, `ratio`, `GiB`.
    package let unit: String
    package let reason: String
    /// Where it was read.
    package let source: String

    package init(_ name: String, _ value: Double, _ unit: String, because reason: String, source: String) {
        self.name = name
        self.value = value
        self.unit = unit
        self.reason = reason
        self.source = source
    }
}
