/// The formula of `scalingModifiers`: the arithmetic, comparison and list functions of expr-lang/expr.
package struct ModifierFormula: Sendable, Hashable {
    /// What an expression gives.
    package enum Value: Sendable, Hashable {
        case number(Double)
        case boolean(Bool)
        case list([Value])
        case null
    }

    indirect enum Expression: Sendable, Hashable {
        case literal(Value)
        case variable(String)
        /// `#`: the item that a predicate looks at.
        case item
        case not(Expression)
        case negative(Expression)
        case binary(String, Expression, Expression)
        case choice(Expression, Expression, Expression)
        case list([Expression])
        case call(String, [Expression])
        case contained(String, Expression, Expression)
    }

    let expression: Expression

    /// The names of the triggers in it, in no order.
    package var variables: Set<String> { expression.variables }

    /// Computes it from the values of triggers; nil where KEDA reports an error.
    package func value(_ variable: (String) -> Value?) -> Value? { expression.value(variable, item: nil) }
}

extension ModifierFormula.Expression {
    fileprivate var variables: Set<String> {
        switch self {
        case .variable(let name): [name]
        case .literal, .item: []
        case .not(let inner), .negative(let inner): inner.variables
        case .binary(_, let left, let right), .contained(_, let left, let right):
            left.variables.union(right.variables)
        case .choice(let test, let first, let second):
            test.variables.union(first.variables).union(second.variables)
        case .list(let items), .call(_, let items): items.reduce(into: []) { $0.formUnion($1.variables) }
        }
    }
}
