import Diagnostics

/// A value that remembers where it came from.
package struct Traced<Value: Sendable>: Sendable {
    package let value: Value
    package let origin: Origin

    package init(_ value: Value, _ origin: Origin) {
        self.value = value
        self.origin = origin
    }

    /// The same value seen another way; a change of view adds no reason.
    package func map<Other: Sendable>(_ view: (Value) -> Other) -> Traced<Other> { Traced<Other>(view(value), origin) }

    /// Where the user wrote it, or wrote what it rests on: the place a diagnostic should point at.
    package var range: SourceRange? { origin.range }
}

extension Origin {
    /// The first place in the spec that this origin rests on.
    package var range: SourceRange? {
        switch self {
        case .written(let range): range
        case .derived(let derivation): derivation.ingredients.lazy.compactMap(\.origin.range).first
        case .threshold, .catalog, .convention: nil
        }
    }
}
