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

    /// The number as texts write it.
    package var text: String { Notation.plain.text(value) }

    package init(_ name: String, _ value: Double, _ unit: String, because reason: String, source: String) {
        self.name = name
        self.value = value
        self.unit = unit
        self.reason = reason
        self.source = source
    }
}

extension Traced where Value == Double {
    /// The value of a threshold.
    package static func threshold(_ threshold: Threshold) -> Traced<Double> {
        Traced(threshold.value, .threshold(threshold))
    }
}

extension Traced where Value == String {
    /// A threshold with a unit behind it, as Kubernetes writes it.
    package static func text(_ threshold: Threshold, _ unit: String) -> Traced<String> {
        let text: ReasonedText = "\(threshold)\(unit)"
        return text.because("as Kubernetes writes it")
    }
}

extension Traced where Value == Int {
    /// A threshold as a whole number.
    package static func whole(_ threshold: Threshold) -> Traced<Int> { Traced<Int>(threshold.reasoned) }
}
