/// A parameter: value, unit, reason and source.
///
/// Every such number of the compiler is one of these. A class, because the reasons of many values refer to it.
package final class Parameter: Sendable {
    /// The role of a number in a plan.
    package enum Kind: String, Sendable {
        /// A fixed number: published, measured, or chosen.
        case threshold
        /// The default of a field that the spec does not set.
        case `default`
        /// A fact that is neither published nor measured.
        case assumption
    }

    package let kind: Kind
    /// The field of the spec that overrides it; nil if there is none.
    package let field: String?
    /// Its name, as `explain` prints it.
    package let name: String
    package let value: Double
    /// The unit, for example `s`, `ratio`, `GiB`.
    package let unit: String
    package let reason: String
    /// Where it was read.
    package let source: String

    /// The number as text.
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

    /// The default of a field of the spec.
    package static func `default`(
        _ name: String, _ value: Double, _ unit: String, because reason: String, source: String = choice,
        replacedBy field: String
    ) -> Parameter {
        Parameter(.default, name, value, unit, reason, source, field: field)
    }

    /// A fact that is assumed.
    package static func assumption(
        _ name: String, _ value: Double, _ unit: String, because reason: String, source: String = "an estimate",
        replacedBy field: String? = nil
    ) -> Parameter {
        Parameter(.assumption, name, value, unit, reason, source, field: field)
    }

    /// The source of numbers without a published source.
    package static let choice = "a choice of Stowage"
    /// The article behind the reference cluster.
    package static let article = "“Dynamic GPU Cluster Resource Management” (devfloor9/engineering-playbook, 2025)"
}

extension Traced where Value == Double {
    /// The value of a parameter.
    package static func parameter(_ parameter: Parameter) -> Traced<Double> {
        Traced(parameter.value, .parameter(parameter))
    }
}

extension Traced where Value == String {
    /// A parameter followed by a unit, as a Kubernetes quantity.
    package static func text(_ parameter: Parameter, _ unit: String) -> Traced<String> {
        let text: ReasonedText = "\(parameter)\(unit)"
        return text.because("as a Kubernetes quantity")
    }
}

extension Traced where Value == Int {
    /// A parameter as a whole number.
    package static func whole(_ parameter: Parameter) -> Traced<Int> { Traced<Int>(parameter.reasoned) }
}
