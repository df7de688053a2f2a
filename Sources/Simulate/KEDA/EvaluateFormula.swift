import Groundwork

extension ModifierFormula.Expression {
    typealias Value = ModifierFormula.Value

    /// Computes the expression; nil for an error.
    func value(_ variable: (String) -> Value?, item: Value?) -> Value? {
        func compute(_ expression: Self) -> Value? { expression.value(variable, item: item) }
        switch self {
        case .literal(let value): return value
        case .variable(let name): return variable(name)
        case .item: return item
        case .not(let inner): return compute(inner)?.boolean.map { .boolean(!$0) }
        case .negative(let inner): return compute(inner)?.number.map { .number(-$0) }
        case .choice(let test, let first, let second):
            return compute(test)?.boolean.flatMap { compute($0 ? first : second) }
        case .list(let items):
            let values = items.compactMap { compute($0) }
            return values.count == items.count ? .list(values) : nil
        case .call(let name, let arguments):
            let values = arguments.compactMap { compute($0) }
            return values.count == arguments.count ? call(name, values) : nil
        case .contained(let name, let list, let predicate):
            guard case .list(let items) = compute(list) else { return nil }
            return select(name, items) { predicate.value(variable, item: $0) }
        case .binary(let sign, let left, let right):
            guard let first = compute(left) else { return nil }
            switch sign {
            case "??": return first == .null ? compute(right) : first
            case "&&": return first.boolean.flatMap { $0 ? compute(right) : .boolean(false) }
            case "||": return first.boolean.flatMap { $0 ? .boolean(true) : compute(right) }
            default: return compute(right).flatMap { combine(sign, first, $0) }
            }
        }
    }

    private func combine(_ sign: String, _ left: Value, _ right: Value) -> Value? {
        if sign == "==" { return .boolean(left == right) }
        if sign == "!=" { return .boolean(left != right) }
        if sign == "in", case .list(let items) = right { return .boolean(items.contains(left)) }
        guard let left = left.number, let right = right.number else { return nil }
        switch sign {
        case "+": return .number(left + right)
        case "-": return .number(left - right)
        case "*": return .number(left * right)
        case "/": return .number(left / right)
        case "%": return right == 0 ? nil : .number(left.truncatingRemainder(dividingBy: right))
        case "^", "**": return .number(left.raised(to: right))
        case "<": return .boolean(left < right)
        case "<=": return .boolean(left <= right)
        case ">": return .boolean(left > right)
        case ">=": return .boolean(left >= right)
        default: return nil
        }
    }

    /// A function of numbers; lists among its arguments are taken apart, as expr does for those of several numbers.
    private func call(_ name: String, _ arguments: [Value]) -> Value? {
        if name == "len", case .list(let items)? = arguments.first { return .number(Double(items.count)) }
        let numbers = arguments.flatMap { if case .list(let items) = $0 { items } else { [$0] } }.map(\.number)
        let values = numbers.compactMap { $0 }
        guard values.count == numbers.count, let first = values.first else { return nil }
        switch name {
        case "max": return values.max().map { .number($0) }
        case "min": return values.min().map { .number($0) }
        case "sum": return .number(values.reduce(0, +))
        case "mean": return .number(values.reduce(0, +) / Double(values.count))
        case "median":
            let sorted = values.sorted()
            let middle = sorted.count / 2
            return .number(sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle])
        case "abs": return .number(abs(first))
        case "ceil": return .number(first.rounded(.up))
        case "floor": return .number(first.rounded(.down))
        case "round": return .number(first.rounded())
        case "int": return .number(first.rounded(.towardZero))
        case "float": return .number(first)
        default: return nil
        }
    }

    /// A function of a list and a predicate.
    private func select(_ name: String, _ items: [Value], _ predicate: (Value) -> Value?) -> Value? {
        let results = items.compactMap { predicate($0) }
        guard results.count == items.count else { return nil }
        if name == "map" { return .list(results) }
        if name == "sum" { return call("sum", results) }
        let flags = results.compactMap(\.boolean)
        guard flags.count == items.count else { return nil }
        let count = flags.count { $0 }
        switch name {
        case "count": return .number(Double(count))
        case "all": return .boolean(count == items.count)
        case "any": return .boolean(count > 0)
        case "one": return .boolean(count == 1)
        case "none": return .boolean(count == 0)
        case "filter": return .list(zip(items, flags).filter { $1 }.map { $0.0 })
        default: return nil
        }
    }
}

extension ModifierFormula.Value {
    fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
    fileprivate var boolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
}
