/// A number that knows how it was computed.
///
/// Its operators compute and record in one step, so that a reason cannot differ from the computation.
package struct Reasoned: Sendable {
    package let reason: Reason

    package init(_ reason: Reason) { self.reason = reason }

    fileprivate init(_ value: Double, _ operation: Operation) {
        self.init(Reason(name: nil, unit: nil, value: value, operation: operation))
    }

    package var value: Double { reason.value }
}

extension Reasoned: Arithmetic {
    package init(integerLiteral value: Int) { self.init(Double(value), .constant) }
    package init(floatLiteral value: Double) { self.init(value, .constant) }

    package static func + (left: Reasoned, right: Reasoned) -> Reasoned {
        checkLike(left, right)
        return Reasoned(left.value + right.value, .sum([left.reason, right.reason]))
    }

    package static func - (left: Reasoned, right: Reasoned) -> Reasoned {
        checkLike(left, right)
        return Reasoned(left.value - right.value, .difference(left.reason, right.reason))
    }

    package static func * (left: Reasoned, right: Reasoned) -> Reasoned {
        Reasoned(left.value * right.value, .product(left.reason, right.reason))
    }

    package static func / (left: Reasoned, right: Reasoned) -> Reasoned {
        Reasoned(left.value / right.value, .quotient(left.reason, right.reason))
    }

    package static func minimum(_ left: Reasoned, _ right: Reasoned) -> Reasoned {
        checkLike(left, right)
        return Reasoned(Double.minimum(left.value, right.value), .minimum(left.reason.minimized + [right.reason]))
    }

    package static func maximum(_ left: Reasoned, _ right: Reasoned) -> Reasoned {
        checkLike(left, right)
        return Reasoned(Double.maximum(left.value, right.value), .maximum(left.reason.maximized + [right.reason]))
    }

    package func raised(to exponent: Reasoned) -> Reasoned {
        Reasoned(value.raised(to: exponent.value), .power(reason, exponent.reason))
    }

    package var logarithm: Reasoned { Reasoned(value.logarithm, .logarithm(reason)) }
    package var roundedUp: Reasoned { Reasoned(value.roundedUp, .rounded(reason, .up)) }
    package var roundedDown: Reasoned { Reasoned(value.roundedDown, .rounded(reason, .down)) }

    package func rounded(_ decimals: Int) -> Reasoned {
        Reasoned(value.rounded(decimals), .rounded(reason, .nearest(decimals)))
    }

    package static func given(
        _ name: @autoclosure () -> String, _ value: Double, _ unit: @autoclosure () -> Unit,
        _ origin: @autoclosure () -> Origin
    ) -> Reasoned {
        if case .computed(let reason) = origin() {
            assert(reason.value == value, "\(name()) is \(value), and its reasons give \(reason.value)")
            return Reasoned(reason).named(name(), unit())
        }
        return Reasoned(Reason(name: name(), unit: unit(), value: value, operation: .origin(origin())))
    }

    package static func constant(_ value: Double, _ unit: @autoclosure () -> Unit) -> Reasoned {
        Reasoned(Reason(name: nil, unit: unit(), value: value, operation: .constant))
    }

    package func named(_ name: @autoclosure () -> String, _ unit: @autoclosure () -> Unit) -> Reasoned {
        Reasoned(reason.named(name(), unit()))
    }

    /// Records one factor, with a variable in place of its index; the products are computed from that record.
    package static func chain(through last: Reasoned, _ factor: (Reasoned) -> Reasoned) -> Chain<Reasoned> {
        // The factor is shown at the last index, or at the first if there are no products.
        let index = Reason(name: "i", unit: .one, value: Double.maximum(1, last.value), operation: .variable)
        let series = Series(index: index, last: last.reason, factor: factor(Reasoned(index)).reason)
        let values = Chain(through: last.value) { series.factor(at: $0) }
        return Chain(
            sum: Reasoned(values.sum, .series(series, .sum)),
            weighted: Reasoned(values.weighted, .series(series, .weighted)),
            last: Reasoned(values.last, .series(series, .last)))
    }

    /// Checks, in debug builds, that both sides of a sum or comparison have the same dimension.
    static func checkLike(_ left: Reasoned, _ right: Reasoned) {
        assert(
            left.reason.isLike(right.reason),
            "\(left.reason.formula) in \(left.reason.measure.symbol) beside \(right.reason.formula) in \(right.reason.measure.symbol)"
        )
    }
}

extension Reason {
    /// The terms of a minimum without a name, so that min(min(a, b), c) is min(a, b, c).
    fileprivate var minimized: [Reason] {
        if name == nil, case .minimum(let terms) = operation { terms } else { [self] }
    }

    /// The terms of a maximum without a name.
    fileprivate var maximized: [Reason] {
        if name == nil, case .maximum(let terms) = operation { terms } else { [self] }
    }
}

extension Reasoned {
    /// The sum of any number of terms: each keeps its name.
    package static func sum(_ terms: [Reasoned]) -> Reasoned {
        if terms.count == 1 { return terms[0] }
        for term in terms.dropFirst() { checkLike(terms[0], term) }
        return Reasoned(terms.reduce(0) { $0 + $1.value }, .sum(terms.map(\.reason)))
    }

    /// The greatest of any number of terms.
    package static func maximum(of terms: [Reasoned]) -> Reasoned {
        if terms.count == 1 { return terms[0] }
        return Reasoned(terms.map(\.value).max() ?? 0, .maximum(terms.map(\.reason)))
    }

    /// A number that was computed before, whose reasons are computed on demand.
    ///
    /// If that takes long, the origins list the parameters that it rests on; otherwise its reasons do.
    package static func deferred(
        _ name: String, _ value: Double, _ unit: Unit, restingOn origins: (@Sendable () -> [Origin])? = nil,
        _ reason: @escaping @Sendable () -> Reasoned
    ) -> Reasoned {
        let deferred = Deferred { reason().reason }
        return Reasoned(
            Reason(name: name, unit: unit, value: value, operation: .deferred(deferred, restsOn: origins)))
    }

    /// A number that a search found, with the conditions that hold for it and one of which fails beyond it.
    package static func solved(
        _ name: String, _ value: Double, _ unit: Unit, _ statement: String, beyond next: Double,
        where conditions: @escaping @Sendable (Reasoned) -> [Condition]
    ) -> Reasoned {
        let solution = Solution(statement: statement) {
            func tried(_ value: Double) -> Solution.Side {
                let candidate = Reason(name: name, unit: unit, value: value, operation: .candidate)
                return Solution.Side(candidate: candidate, conditions: conditions(Reasoned(candidate)))
            }
            return (met: tried(value), missed: tried(next))
        }
        return Reasoned(Reason(name: name, unit: unit, value: value, operation: .solved(solution)))
    }

    /// A number of the candidate that a search chose, with the comparisons that it won.
    package static func chosen(
        _ name: String, _ value: Double, _ unit: Unit, _ statement: String,
        over comparisons: @escaping @Sendable () -> [Condition] = { [] }
    ) -> Reasoned {
        Reasoned(
            Reason(
                name: name, unit: unit, value: value,
                operation: .chosen(Preference(statement: statement, comparisons: Deferred(comparisons)))))
    }
}

extension Traced where Value == Double {
    /// The value of a computation, with its reasons.
    package init(_ number: Reasoned) { self.init(number.value, .computed(number.reason)) }

    /// The number for a formula, under its name there.
    package func named(_ name: String, _ unit: Unit) -> Reasoned { .given(name, self, unit) }
}

extension Traced where Value == Int {
    /// The whole number that a computation gave, with its reasons.
    package init(_ number: Reasoned) {
        precondition(number.value == number.value.rounded(), "\(number.reason.formula) is no whole number")
        self.init(Int(number.value), .computed(number.reason))
    }

    /// The number for a formula, under its name there.
    package func named(_ name: String, _ unit: Unit) -> Reasoned { .given(name, self, unit) }
}

extension Parameter {
    /// The number for a formula, under its own name.
    package var reasoned: Reasoned { .given(self) }
}
