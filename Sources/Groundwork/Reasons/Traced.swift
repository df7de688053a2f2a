import Diagnostics

/// A value that remembers where it came from.
package struct Traced<Value: Sendable>: Sendable {
    package let value: Value
    package let origin: Origin

    package init(_ value: Value, _ origin: Origin) {
        self.value = value
        self.origin = origin
    }

    /// A word that follows from other values, and why.
    ///
    /// Numbers are computed instead: see `Reasoned`.
    package init(_ value: Value, because reason: String, _ givens: Ingredient...) {
        self.init(value, .inferred(Inference(reason, givens)))
    }

    /// The same value in another form, with the same origin.
    package func map<Other: Sendable>(_ view: (Value) -> Other) -> Traced<Other> { Traced<Other>(view(value), origin) }

    /// A part of the value; nil if there is none.
    package func compactMap<Other: Sendable>(_ view: (Value) -> Other?) -> Traced<Other>? {
        view(value).map { Traced<Other>($0, origin) }
    }

    /// Another value with the same origin, for a plan that is tried and never written.
    package func trying(_ other: Value) -> Traced { Traced(other, origin) }

    /// Where the spec states it, or what it rests on: the place for a diagnostic.
    package var range: SourceRange? { origin.range }
}

extension Origin {
    /// The first place in the spec that this origin rests on.
    package var range: SourceRange? {
        switch self {
        case .written(let range): range
        case .inferred(let inference): inference.givens.lazy.compactMap(\.origin.range).first
        case .computed(let reason): reason.range
        case .composed(let composition): composition.text.figures.lazy.compactMap(\.figure.origin.range).first
        case .parameter, .catalog, .convention: nil
        }
    }
}

extension Reason {
    /// The first place in the spec that a number rests on.
    fileprivate var range: SourceRange? {
        if case .origin(let origin) = operation { return origin.range }
        return resolved.operands.lazy.compactMap(\.range).first
    }
}
