import Diagnostics

/// Where a value came from.
package enum Origin: Sendable {
    /// Written in the spec.
    case written(SourceRange)
    /// A number in `Thresholds/`.
    case parameter(Parameter)
    /// A row of the catalog.
    case catalog(CatalogReference)
    /// A name or word that Stowage chose, and why.
    case convention(String)
    /// A word that follows from other values.
    case inferred(Inference)
    /// A computed number.
    case computed(Reason)
    /// A text with figures in it.
    case composed(Composition)
}

/// The row of a catalog table that a value was read from.
///
/// A class, because the reasons of many values refer to one row.
package final class CatalogReference: Sendable {
    /// The table's file name, for example `instance-types.csv`.
    package let table: String
    /// The row's key, for example `p5.48xlarge`.
    package let row: String
    /// Where the row's figures were read.
    package let source: String

    package init(table: String, row: String, source: String) {
        self.table = table
        self.row = row
        self.source = source
    }
}

/// The reason for a word, and the values that decided it.
package final class Inference: Sendable {
    package let reason: String
    package let givens: [Ingredient]

    package init(_ reason: String, _ givens: [Ingredient]) {
        self.reason = reason
        self.givens = givens
    }
}

/// The reason for a text with figures in it.
package final class Composition: Sendable {
    package let reason: String
    package let text: ReasonedText

    init(_ reason: String, _ text: ReasonedText) {
        self.reason = reason
        self.text = text
    }
}

/// A value under its name in a reason.
package struct Ingredient: Sendable {
    package let name: String
    package let value: FactValue
    package let origin: Origin

    /// A traced value under a name.
    package init(_ name: String, _ traced: Traced<some FactConvertible>) {
        self.init(name, traced.value.fact, traced.origin)
    }

    package init(_ name: String, _ value: FactValue, _ origin: Origin) {
        self.name = name
        self.value = value
        self.origin = origin
    }
}
