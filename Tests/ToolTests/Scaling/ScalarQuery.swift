/// A query of a scaler, in which every operand is a sum without labels: an element is a number or not there.
indirect enum ScalarQuery: Sendable {
    case number(Double)
    /// What stands within `sum(…)` or `count(…)`.
    case sum(String)
    case arithmetic(ScalarQuery, Character, ScalarQuery)
    /// The left side where it is above, below or equal to the right one.
    case compared(ScalarQuery, Character, ScalarQuery)
    case both(ScalarQuery, ScalarQuery)
    case either(ScalarQuery, ScalarQuery)
    case atLeast(ScalarQuery, ScalarQuery)

    /// What it gives, when a sum is asked for by its text.
    func value(_ sums: (String) -> Double?) -> Double? {
        switch self {
        case .number(let number): return number
        case .sum(let text): return sums(text)
        case .either(let left, let right): return left.value(sums) ?? right.value(sums)
        case .both(let left, let right): return right.value(sums) == nil ? nil : left.value(sums)
        case .arithmetic(let left, let sign, let right):
            guard let left = left.value(sums), let right = right.value(sums) else { return nil }
            return sign == "+" ? left + right : sign == "-" ? left - right : sign == "*" ? left * right : left / right
        case .compared(let left, let sign, let right):
            guard let left = left.value(sums), let right = right.value(sums) else { return nil }
            return (sign == ">" ? left > right : sign == "<" ? left < right : left == right) ? left : nil
        case .atLeast(let left, let right):
            guard let left = left.value(sums), let right = right.value(sums) else { return nil }
            return max(left, right)
        }
    }
}
