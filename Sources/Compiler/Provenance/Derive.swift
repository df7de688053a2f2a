/// Computes a value and keeps the formula with everything that went into it.
///
///     derive("replicas × GPUs", ("replicas", replicas), ("GPUs", gpus)) { $0 * $1 }
package func derive<each Value: FactConvertible, Result: Sendable>(
    _ formula: String, _ ingredient: repeat (String, Traced<each Value>), compute: (repeat each Value) -> Result
) -> Traced<Result> {
    var ingredients: [Ingredient] = []
    for (name, traced) in repeat each ingredient {
        ingredients.append(Ingredient(name, traced.value.fact, traced.origin))
    }
    return Traced(compute(repeat (each ingredient).1.value), .derived(Derivation(formula, ingredients)))
}

extension Traced {
    /// The same derived value, with further ingredients that only some plans have.
    package func resting(on more: [Ingredient]) -> Traced {
        guard case .derived(let derivation) = origin, !more.isEmpty else { return self }
        return Traced(value, .derived(Derivation(derivation.formula, derivation.ingredients + more)))
    }
}
