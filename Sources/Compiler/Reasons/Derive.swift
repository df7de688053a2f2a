/// Computes a value and keeps the formula with everything that went into it.
///
///     derive("replicas × GPUs", ("replicas", replicas), ("GPUs", gpus)) { $0 * $1 }
package func derive<each Value: FactConvertible, Result: Sendable>(
    _ formula: String, _ ingredient: repeat (String, Traced<each Value>), compute: (repeat each Value) -> Result
) -> Traced<Result> {
    var ingredients: [Ingredient] = []
    for named in repeat each ingredient { ingredients.append(Ingredient(named)) }
    return Traced(compute(repeat (each ingredient).1.value), .derived(Derivation(formula, ingredients)))
}

// One, two and three ingredients are spelled out: a pack looks up the types of its elements in a table each time.

/// Computes a value of one other.
package func derive<A: FactConvertible, Result: Sendable>(
    _ formula: String, _ a: (String, Traced<A>), compute: (A) -> Result
) -> Traced<Result> {
    Traced(compute(a.1.value), .derived(Derivation(formula, [Ingredient(a)])))
}

/// Computes a value of two others.
package func derive<A: FactConvertible, B: FactConvertible, Result: Sendable>(
    _ formula: String, _ a: (String, Traced<A>), _ b: (String, Traced<B>), compute: (A, B) -> Result
) -> Traced<Result> {
    Traced(compute(a.1.value, b.1.value), .derived(Derivation(formula, [Ingredient(a), Ingredient(b)])))
}

/// Computes a value of three others.
package func derive<A: FactConvertible, B: FactConvertible, C: FactConvertible, Result: Sendable>(
    _ formula: String, _ a: (String, Traced<A>), _ b: (String, Traced<B>), _ c: (String, Traced<C>),
    compute: (A, B, C) -> Result
) -> Traced<Result> {
    Traced(
        compute(a.1.value, b.1.value, c.1.value),
        .derived(Derivation(formula, [Ingredient(a), Ingredient(b), Ingredient(c)])))
}

extension Ingredient {
    fileprivate init<Value: FactConvertible>(_ named: (String, Traced<Value>)) {
        self.init(named.0, named.1.value.fact, named.1.origin)
    }
}

extension Traced {
    /// The same derived value, with further ingredients that only some plans have.
    package func resting(on more: [Ingredient]) -> Traced {
        guard case .derived(let derivation) = origin, !more.isEmpty else { return self }
        return Traced(value, .derived(Derivation(derivation.formula, derivation.ingredients + more)))
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
