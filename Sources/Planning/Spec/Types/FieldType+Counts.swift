import Diagnostics
import Groundwork
import YAML

extension Patterns {
    static let tokens = Pattern("[0-9]+(\\.[0-9]+)?[kM]")
    static let parameters = Pattern("[0-9]+(\\.[0-9]+)?[kMBT]")
}

extension FieldType where Value == Int {
    /// A whole number.
    static func count(_ limits: ClosedRange<Int>, _ example: Int) -> FieldType {
        let schema: @Sendable () -> JSON = {
            .object([
                ("type", .string("integer")), ("minimum", .integer(limits.lowerBound)),
                ("maximum", .integer(limits.upperBound)),
            ])
        }
        return .scalar("a whole number such as `\(example)`", placeholder: limits.lowerBound, schema: schema) {
            scalar in
            guard case .integer(let value) = scalar.meaning else {
                return .failure(
                    FieldProblem(
                        "wrong-type", "must be a whole number, not \(asWritten(scalar))", help: unquote(scalar),
                        instead: unquoted(scalar)))
            }
            guard limits.contains(value) else {
                return .failure(outOfRange(scalar.text, "\(limits.lowerBound) to \(limits.upperBound)"))
            }
            return .success(value)
        }
    }

    /// Tokens: `1200`, or `16k`, where k is 1024 as in the names of context lengths.
    static var tokens: FieldType {
        .scaled(
            "a number of tokens such as `1200` or `16k`", Patterns.tokens, 1...10_485_760, ["k": 1024, "M": 1_048_576])
    }

    /// Parameters: `70B`, where B is 10⁹ as in the names of models.
    static var parameters: FieldType {
        .scaled(
            "a number of parameters such as `70B`", Patterns.parameters, 1_000_000...100_000_000_000_000,
            ["k": 1000, "M": 1_000_000, "B": 1_000_000_000, "T": 1_000_000_000_000])
    }

    private static func scaled(
        _ expects: String, _ pattern: Pattern, _ limits: ClosedRange<Int>, _ suffixes: [Character: Int]
    ) -> FieldType {
        let schema: @Sendable () -> JSON = {
            let number: [(key: String, value: JSON)] = [
                ("type", .string("integer")), ("minimum", .integer(limits.lowerBound)),
                ("maximum", .integer(limits.upperBound)),
            ]
            let text: [(key: String, value: JSON)] = [
                ("type", .string("string")), ("pattern", .string(pattern.source)),
            ]
            return .object([("anyOf", .array([.object(number), .object(text)]))])
        }
        return .scalar(expects, placeholder: limits.lowerBound, schema: schema) { scalar in
            let value: Int
            if case .integer(let whole) = scalar.meaning {
                value = whole
            } else if pattern.matches(scalar.text), let (number, suffix) = Decimal.prefix(of: scalar.text),
                let factor = suffix.first.flatMap({ suffixes[$0] })
            {
                guard let whole = number.whole(times: factor) else {
                    return .failure(
                        FieldProblem("malformed-quantity", "is `\(scalar.text)`, which is not a whole number"))
                }
                value = whole
            } else {
                return .failure(malformedCount(scalar, expects, suffixes))
            }
            let shown = "\(limits.lowerBound) to \(limits.upperBound)"
            return limits.contains(value) ? .success(value) : .failure(outOfRange(scalar.text, shown))
        }
    }
}

/// Explains a count with a suffix in the wrong case, in quotes, or unknown.
private func malformedCount(_ scalar: Node.Scalar, _ expects: String, _ suffixes: [Character: Int]) -> FieldProblem {
    let says = "is \(asWritten(scalar)), which is not \(expects.beforeExample)"
    guard let (number, rest) = Decimal.prefix(of: scalar.text) else {
        return FieldProblem("malformed-quantity", says, help: "write \(expects)")
    }
    if rest.isEmpty, number.fraction == 0 {
        return FieldProblem("wrong-type", says, help: unquote(scalar), instead: unquoted(scalar))
    }
    let known = suffixes.keys.sorted()
    if let meant = known.first(where: { String($0).lowercased() == rest.lowercased() }) {
        let text = "\(scalar.text.dropLast())\(meant)"
        return FieldProblem("unknown-unit", says, help: "write `\(text)`", instead: [text])
    }
    return FieldProblem("unknown-unit", says, help: "supported suffixes are \(enumerated(known.map { String($0) }))")
}

/// Shows a scalar with the quotes that make it a string.
private func asWritten(_ scalar: Node.Scalar) -> String {
    scalar.style == .plain ? "`\(scalar.text)`" : "`\"\(scalar.text)\"`"
}

/// Says how to write the number that was meant.
private func unquote(_ scalar: Node.Scalar) -> String {
    unquoted(scalar).first.map { "remove the quotes: `\($0)`" } ?? "write a number such as `4`"
}

/// The number in quotes, if it is one.
private func unquoted(_ scalar: Node.Scalar) -> [String] {
    scalar.style != .plain && Int(scalar.text) != nil ? [scalar.text] : []
}

extension FieldType where Value == Bool {
    static var boolean: FieldType {
        .scalar("`true` or `false`", placeholder: false, schema: { .object([("type", .string("boolean"))]) }) {
            scalar in
            if case .boolean(let value) = scalar.meaning, ["true", "false"].contains(scalar.text) {
                return .success(value)
            }
            return .failure(FieldProblem("wrong-type", "must be `true` or `false`, not `\(scalar.text)`"))
        }
    }
}
