import Diagnostics

/// Where a value came from.
package enum Origin: Sendable {
    /// The user said so, in the spec.
    case written(SourceRange)
    /// A number of the table in `Thresholds/`: its name there.
    case threshold(Threshold)
    /// A row of the catalog.
    case catalog(CatalogReference)
    /// A name or word that Stowage chose, and why.
    case convention(String)
    /// Computed from other values.
    case derived(Derivation)
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

/// A formula and what went into it.
package final class Derivation: Sendable {
    package let formula: String
    package let ingredients: [Ingredient]

    package init(_ formula: String, _ ingredients: [Ingredient]) {
        self.formula = formula
        self.ingredients = ingredients
    }
}

/// A named value that went into a formula.
package struct Ingredient: Sendable {
    package let name: String
    package let shown: FactValue
    package let origin: Origin

    /// A traced value under a name.
    package init(_ name: String, _ traced: Traced<some FactConvertible>) {
        self.init(name, traced.value.fact, traced.origin)
    }

    package init(_ name: String, _ shown: FactValue, _ origin: Origin) {
        self.name = name
        self.shown = shown
        self.origin = origin
    }
}
