import Diagnostics
import Groundwork
import YAML

extension Patterns {
    static let duration = Pattern("[0-9]+(\\.[0-9]+)?(ms|s|m|h)")
    static let percentage = Pattern("[0-9]+(\\.[0-9]+)?%")
    static let perMonth = Pattern("\\$[0-9]+(\\.[0-9]{1,2})?/month")
    static let perHour = Pattern("\\$[0-9]+(\\.[0-9]{1,5})?/hour")
}

extension FieldType where Value == Double {
    /// A written quantity: a number and its unit, with limits in the base unit.
    static func quantity(
        _ expects: String, _ pattern: Pattern, within limits: ClosedRange<Double>, shown: String,
        read: @escaping @Sendable (String) -> Double?, explain: @escaping @Sendable (String) -> FieldProblem?
    ) -> FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(pattern.source))])
        }
        return .scalar(expects, placeholder: limits.lowerBound, schema: schema) { scalar in
            let text = scalar.text
            guard pattern.matches(text), let value = read(text) else {
                return .failure(
                    explain(text)
                        ?? FieldProblem(
                            "malformed-quantity", "is `\(text)`, which is not \(expects.beforeExample)",
                            help: "write \(expects)"))
            }
            guard limits.contains(value) else { return .failure(outOfRange(text, shown)) }
            return .success(value)
        }
    }

    /// `500ms`, `1s`, `2m` or `1h`, in seconds.
    static func duration(_ limits: ClosedRange<Double>, _ shown: String) -> FieldType {
        .quantity(
            "a duration such as `500ms`, `60s` or `5m`", Patterns.duration, within: limits, shown: shown, read: seconds,
            explain: malformedDuration)
    }

    /// `99.9%`, as a ratio.
    static func percentage(_ limits: ClosedRange<Double>, _ shown: String) -> FieldType {
        .quantity(
            "a percentage such as `70%`", Patterns.percentage, within: limits, shown: shown,
            read: { Decimal.prefix(of: $0)?.number.value(shiftedBy: -2) }, explain: malformedPercentage)
    }

    /// `$260000/month`, in dollars.
    static var dollarsPerMonth: FieldType {
        .quantity(
            "money such as `$260000/month`", Patterns.perMonth, within: 1...1e12,
            shown: "$1/month to $1000000000000/month",
            read: dollars, explain: { malformedMoney($0, per: .month) })
    }

    /// `$63.30/hour`, in dollars.
    static var dollarsPerHour: FieldType {
        .quantity(
            "money such as `$63.30/hour`", Patterns.perHour, within: 0...1e6, shown: "$0/hour to $1000000/hour",
            read: dollars, explain: { malformedMoney($0, per: .hour) })
    }

    /// A plain number above 0: requests per second.
    static var rate: FieldType {
        let limit = 1e6
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("number")), ("exclusiveMinimum", .integer(0)), ("maximum", .number(limit))])
        }
        return .scalar("a number such as `8` or `0.5`", placeholder: 1, schema: schema) { scalar in
            let value: Double
            switch scalar.meaning {
            case .integer(let whole): value = Double(whole)
            case .number(let number): value = number
            default:
                return .failure(
                    FieldProblem(
                        "wrong-type", "must be a number without a unit, not `\(scalar.text)`",
                        label: "requests per second",
                        help: "write a number such as `8` or `0.5`"))
            }
            guard value > 0, value <= limit else {
                return .failure(outOfRange(scalar.text, "above 0 and at most \(plainly(limit))"))
            }
            return .success(value)
        }
    }
}

/// Reports a quantity out of its range.
func outOfRange(_ text: String, _ shown: String) -> FieldProblem {
    FieldProblem("out-of-range", "is `\(text)`, which is out of range", label: "must be \(shown)")
}

private func seconds(_ text: String) -> Double? {
    guard let (number, unit) = Decimal.prefix(of: text) else { return nil }
    switch unit {
    case "ms": return number.value(shiftedBy: -3)
    case "s": return number.value()
    case "m": return number.value() * 60
    case "h": return number.value() * 3600
    default: return nil
    }
}

private func dollars(_ text: String) -> Double? { Decimal.prefix(of: String(text.dropFirst()))?.number.value() }

@Sendable private func malformedDuration(_ text: String) -> FieldProblem? {
    guard let (number, rest) = Decimal.prefix(of: text) else { return nil }
    switch rest {
    case "":
        return FieldProblem(
            "missing-unit", "is `\(text)`, without a unit", label: "must have a unit",
            help: number.value() < 1
                ? "write `\(plainly(number.value() * 1000))ms`" : "write `\(text)s` or `\(text)ms`",
            instead: number.value() < 1 ? ["\(plainly(number.value() * 1000))ms"] : ["\(text)s", "\(text)ms"])
    case "d":
        return FieldProblem(
            "unknown-unit", "is `\(text)`, but `d` is not a supported unit",
            help: "write `\(plainly(number.value() * 24))h`",
            "supported units are `ms`, `s`, `m` and `h`",
            instead: ["\(plainly(number.value() * 24))h"])
    case _ where rest.contains { $0.isNumber }:
        return FieldProblem(
            "malformed-quantity", "is `\(text)`, but a duration has one number and one unit",
            help: "write `90s` for `1m30s`")
    default:
        return FieldProblem(
            "unknown-unit", "is `\(text)`, but `\(rest)` is not a unit of time",
            help: "supported units are `ms`, `s`, `m` and `h`")
    }
}

@Sendable private func malformedPercentage(_ text: String) -> FieldProblem? {
    guard let (number, rest) = Decimal.prefix(of: text), rest.isEmpty else { return nil }
    let value = number.value()
    let meant = value <= 1 ? plainly(value * 100) : text
    return FieldProblem(
        "missing-unit", "is `\(text)`, without a unit", label: "must end in `%`", help: "write `\(meant)%`",
        instead: ["\(meant)%"])
}
