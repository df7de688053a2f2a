import Diagnostics

/// Operator precedence in a formula.
private enum Precedence: Int, Comparable {
    case sum, product, power, atom

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

extension Reason {
    /// The formula of the number, with the names of what it is computed from.
    package var formula: String { written.text }

    /// The named numbers in the formula, each once, in order.
    package var ingredients: [Reason] {
        var found: [Reason] = []
        func visit(_ reason: Reason) {
            for operand in reason.operands {
                if operand.name == nil {
                    visit(operand)
                } else if case .variable = operand.operation {
                    continue
                } else if !found.contains(where: { $0 === operand }) {
                    found.append(operand)
                }
            }
        }
        visit(self)
        return found
    }

    private var written: (text: String, precedence: Precedence) {
        switch operation {
        case .constant: (constant, .atom)
        case .origin, .variable, .candidate: (name ?? fixedNotation(value), .atom)
        case .sum(let terms): (Reason.written(terms), .sum)
        case .difference(let left, let right): ("\(left.operand(.sum)) − \(right.operand(.product))", .sum)
        case .product(let left, let right): ("\(left.operand(.product)) × \(right.factor)", .product)
        case .quotient(let left, let right): ("\(left.operand(.product)) ÷ \(right.operand(.power))", .product)
        case .minimum(let terms): (call("min", terms), .atom)
        case .maximum(let terms): (call("max", terms), .atom)
        case .power(let base, let exponent): ("\(base.operand(.atom))^\(exponent.operand(.atom))", .power)
        case .logarithm(let operand): (call("ln", [operand]), .atom)
        case .rounded(let operand, .up): (call("ceil", [operand]), .atom)
        case .rounded(let operand, .down): (call("floor", [operand]), .atom)
        case .rounded(let operand, .nearest(0)): (call("round", [operand]), .atom)
        case .rounded(let operand, .nearest(let decimals)): ("round(\(operand.operand(.sum)), \(decimals))", .atom)
        case .same(let operand): (operand.operand(.sum), .sum)
        case .series(let series, let figure): (series.formula(figure), .atom)
        case .solved(let solution): (solution.statement, .atom)
        case .chosen(let preference): (preference.statement, .atom)
        case .deferred: resolved.written
        }
    }

    /// A constant of the formula; powers of ten and two are written as powers.
    private var constant: String {
        switch value {
        case 1_073_741_824: "2^30"
        case 1e9: "10^9"
        case 1e12: "10^12"
        default: fixedNotation(value)
        }
    }

    /// The number as a part of a larger formula: its name, or its own formula, in parentheses if needed.
    private func operand(_ least: Precedence) -> String {
        if let name { return name }
        let (text, precedence) = written
        return precedence < least ? "(\(text))" : text
    }

    /// The right operand of a multiplication: a division there needs parentheses, because it is done first.
    private var factor: String {
        if name == nil, case .quotient = operation { return "(\(written.text))" }
        return operand(.product)
    }

    /// The terms of a sum; of very many, the first and the last ones.
    private static func written(_ terms: [Reason]) -> String {
        func joined(_ terms: some Sequence<Reason>) -> String {
            terms.map { $0.operand(.sum) }.joined(separator: " + ")
        }
        return terms.count <= 12 ? joined(terms) : "\(joined(terms.prefix(8))) + … + \(joined(terms.suffix(1)))"
    }

    private func call(_ function: String, _ operands: [Reason]) -> String {
        "\(function)(\(operands.map { $0.operand(.sum) }.joined(separator: ", ")))"
    }
}

extension Series {
    fileprivate func formula(_ figure: SeriesFigure) -> String {
        let through = "i = 1 to \(last.name ?? fixedNotation(last.value))"
        let product = "p(i)"
        let factor = "f(i) = \(factor.name ?? factor.formula)"
        return switch figure {
        case .sum: "1 + Σ \(product) for \(through), where \(product) = f(1) × … × f(i) and \(factor)"
        case .weighted: "Σ i × \(product) for \(through), where \(product) = f(1) × … × f(i) and \(factor)"
        case .last: "f(1) × … × f(n) for \(through), where \(factor)"
        }
    }
}
