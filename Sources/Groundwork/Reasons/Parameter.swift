/// A number with meaning: value, unit, reason and source.
///
/// Every such number of the compiler is a row of this type. A class, because the reasons of many values refer to one row.
package final class Parameter: Sendable {
    /// What a number is to a plan.
    package enum Kind: String, Sendable {
        /// At which something happens, or how it is done: read somewhere, measured, or chosen.
        case threshold
        /// Stands in for a field of the spec that says nothing.
        case `default`
        /// A fact of the world that nobody has published or measured.
        case assumption
    }

    package let kind: Kind
    /// The field of the spec that replaces it; nil where none does.
    package let field: String?
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

    package convenience init(_ name: String, _ value: Double, _ unit: String, because reason: String, source: String) {
        self.init(.threshold, name, value, unit, reason, source, field: nil)
    }

    private init(
        _ kind: Kind, _ name: String, _ value: Double, _ unit: String, _ reason: String, _ source: String,
        field: String?
    ) {
        self.kind = kind
        self.name = name
        self.value = value
        self.unit = unit
        self.reason = reason
        self.source = source
        self.field = field
    }

    /// A number that stands in where a field of the spec says nothing.
    package static func `default`(
        _ name: String, _ value: Double, _ unit: String, because reason: String, source: String = choice,
        replacedBy field: String
    ) -> Parameter {
        Parameter(.default, name, value, unit, reason, source, field: field)
    }

    /// A fact of the world that is taken for granted.
    package static func assumption(
        _ name: String, _ value: Double, _ unit: String, because reason: String, source: String = "an estimate",
        replacedBy field: String? = nil
    ) -> Parameter {
        Parameter(.assumption, name, value, unit, reason, source, field: field)
    }

    /// The source of what was not read anywhere.
    package static let choice = "a choice of Stowage"
}

extension Traced where Value == Double {
    /// The value of a parameter.
    package static func parameter(_ parameter: Parameter) -> Traced<Double> {
        Traced(parameter.value, .parameter(parameter))
    }
}

extension Traced where Value == String {
    /// A parameter with a unit behind it, as Kubernetes writes it.
    package static func text(_ parameter: Parameter, _ unit: String) -> Traced<String> {
        let text: ReasonedText = "\(parameter)\(unit)"
        return text.because("as Kubernetes writes it")
    }
}

extension Traced where Value == Int {
    /// A parameter as a whole number.
    package static func whole(_ parameter: Parameter) -> Traced<Int> { Traced<Int>(parameter.reasoned) }
}
