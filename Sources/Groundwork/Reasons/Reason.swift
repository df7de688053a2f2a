import Synchronization

/// How a number was obtained: an operation on other numbers, or where it was read.
///
/// A class, because many formulas refer to one number.
package final class Reason: Sendable {
    /// Its name in formulas; nil for a part of a formula.
    package let name: String?
    /// Its unit, where it was stated.
    package let unit: Unit?
    package let value: Double
    package let operation: Operation

    init(name: String?, unit: Unit?, value: Double, operation: Operation) {
        self.name = name
        self.unit = unit
        self.value = value
        self.operation = operation
    }

    /// The same number under another name; a number that already has a name is referenced by the new one.
    func named(_ name: String, _ unit: Unit) -> Reason {
        assert(
            isZero || unit.dimension == dimension,
            "\(name): \(formula) is in \(measure.symbol), not \(unit.symbol)")
        if self.name == name { return self }
        if self.name == nil { return Reason(name: name, unit: unit, value: value, operation: operation) }
        if case .origin = operation { return Reason(name: name, unit: unit, value: value, operation: operation) }
        return Reason(name: name, unit: unit, value: value, operation: .same(self))
    }

    /// The unit that was stated, or follows from the operands.
    package var measure: Unit {
        if let unit { return unit }
        return switch operation {
        case .product, .quotient: dimension.unit
        default: standard?.measure ?? .one
        }
    }

    /// What it measures, without writing and parsing a unit, as it is needed in every step of a formula.
    private var dimension: Dimension {
        if let unit { return unit.dimension }
        return switch operation {
        case .product(let left, let right): left.dimension * right.dimension
        case .quotient(let left, let right): left.dimension / right.dimension
        default: standard?.dimension ?? .none
        }
    }

    /// The operand whose unit it has; nil for a bare number.
    private var standard: Reason? {
        switch operation {
        case .sum(let terms), .minimum(let terms), .maximum(let terms): terms.first { !$0.isZero } ?? terms.first
        case .difference(let left, let right): left.isZero ? right : left
        case .rounded(let operand, _), .same(let operand): operand
        case .product, .quotient, .constant, .origin, .power, .logarithm, .series, .variable, .candidate, .solved,
            .chosen, .deferred:
            nil
        }
    }

    /// Whether it may be added to or compared with another; a bare zero is compatible with everything.
    func isLike(_ other: Reason) -> Bool {
        isZero || other.isZero || dimension == other.dimension
    }

    private var isZero: Bool { if case .constant = operation { unit == nil && value == 0 } else { false } }

    /// The reason itself, computed if it was deferred.
    package var resolved: Reason {
        guard case .deferred(let deferred, _) = operation else { return self }
        let reason = deferred.value
        precondition(reason.value == value, "\(name ?? "a number") is \(value), and its reasons give \(reason.value)")
        return reason.resolved
    }

    /// The operands of the operation.
    package var operands: [Reason] {
        switch operation {
        case .constant, .origin, .variable, .candidate, .solved, .chosen, .deferred: []
        case .sum(let terms), .minimum(let terms), .maximum(let terms): terms
        case .difference(let left, let right), .product(let left, let right), .quotient(let left, let right),
            .power(let left, let right):
            [left, right]
        case .logarithm(let operand), .rounded(let operand, _), .same(let operand): [operand]
        case .series(let series, _): [series.last, series.factor]
        }
    }
}

/// The operation that gave a number.
package enum Operation: Sendable {
    /// A number of the formula itself.
    case constant
    /// Read somewhere.
    case origin(Origin)
    case sum([Reason])
    case difference(Reason, Reason)
    case product(Reason, Reason)
    case quotient(Reason, Reason)
    case minimum([Reason])
    case maximum([Reason])
    case power(Reason, Reason)
    case logarithm(Reason)
    case rounded(Reason, Rounding)
    /// A figure of another formula, under a different name.
    case same(Reason)
    /// A figure of the products of a series of factors.
    case series(Series, SeriesFigure)
    /// The index of such a series.
    case variable
    /// The value that a search tries.
    case candidate
    /// Found by a search for the last value that meets conditions.
    case solved(Solution)
    /// Part of what a search preferred over the rest.
    case chosen(Preference)
    /// Computed on demand.
    case deferred(Deferred<Reason>, restsOn: (@Sendable () -> [Origin])?)
}

/// How a number was rounded.
package enum Rounding: Sendable, Hashable {
    /// To the whole number above, ignoring a billionth of rounding error.
    case up
    /// To the whole number below.
    case down
    /// To the nearest number with this many decimals.
    case nearest(Int)
}

/// The products of the factors 1 to a last one.
package struct Series: Sendable {
    package let index: Reason
    package let last: Reason
    package let factor: Reason

    /// The factor of an index, evaluated from its record.
    func factor(at index: Double) -> Double { evaluate(factor, index) }

    private func evaluate(_ reason: Reason, _ index: Double) -> Double {
        switch reason.operation {
        case .variable: index
        case .sum(let terms): terms.dropFirst().reduce(evaluate(terms[0], index)) { $0 + evaluate($1, index) }
        case .difference(let left, let right): evaluate(left, index) - evaluate(right, index)
        case .product(let left, let right): evaluate(left, index) * evaluate(right, index)
        case .quotient(let left, let right): evaluate(left, index) / evaluate(right, index)
        case .minimum(let terms): terms.map { evaluate($0, index) }.min() ?? 0
        case .maximum(let terms): terms.map { evaluate($0, index) }.max() ?? 0
        case .power(let base, let exponent): evaluate(base, index).raised(to: evaluate(exponent, index))
        case .logarithm(let operand): evaluate(operand, index).logarithm
        case .same(let operand): evaluate(operand, index)
        default: reason.value
        }
    }
}

/// Which figure of a series of products a number is.
package enum SeriesFigure: String, Sendable {
    case sum = "sum of products"
    case weighted = "weighted sum of products"
    case last = "product of factors"
}

/// Why a search stopped where it did.
package struct Solution: Sendable {
    /// A value that was tried, and its conditions.
    package struct Side: Sendable {
        package let candidate: Reason
        package let conditions: [Condition]
    }

    package let statement: String
    private let sides: Deferred<(met: Side, missed: Side)>

    init(statement: String, _ sides: @escaping @Sendable () -> (met: Side, missed: Side)) {
        self.statement = statement
        self.sides = Deferred {
            let found = sides()
            assert(found.met.conditions.allSatisfy(\.holds), "\(statement): a condition is not met")
            assert(!found.missed.conditions.allSatisfy(\.holds), "\(statement): all conditions are met beyond it, too")
            return found
        }
    }

    /// At the value that was found: every condition holds.
    package var met: Side { sides.value.met }
    /// One step beyond it: a condition fails.
    package var missed: Side { sides.value.missed }
}

/// A comparison of two numbers that a search asks for.
package struct Condition: Sendable {
    package enum Relation: String, Sendable { case atMost = "≤", atLeast = "≥", below = "<" }

    package let left: Reason
    package let relation: Relation
    package let right: Reason

    package init(_ left: Reasoned, _ relation: Relation, _ right: Reasoned) {
        Reasoned.checkLike(left, right)
        self.left = left.reason
        self.relation = relation
        self.right = right.reason
    }

    package var holds: Bool {
        switch relation {
        case .atMost: left.value <= right.value
        case .atLeast: left.value >= right.value
        case .below: left.value < right.value
        }
    }
}

/// Why one of several was preferred.
package struct Preference: Sendable {
    package let statement: String
    fileprivate let deferred: Deferred<[Condition]>

    init(statement: String, comparisons: Deferred<[Condition]>) {
        self.statement = statement
        deferred = comparisons
    }

    /// The comparisons of the chosen one with the next best.
    package var comparisons: [Condition] { deferred.value }
}

/// A value that is computed once, on demand.
package final class Deferred<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)
    private let make: @Sendable () -> Value

    package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    package var value: Value {
        if let value = known.withLock({ $0 }) { return value }
        let value = make()
        return known.withLock { known in
            if let first = known { return first }
            known = value
            return value
        }
    }
}
