import Diagnostics
import Groundwork
import YAML

extension FieldType where Value == String {
    /// A string of a fixed form.
    ///
    /// `explain` says what is wrong with a string of another form, where it can.
    static func text(
        _ expects: String, _ pattern: Pattern, code: String, not rejected: Pattern? = nil,
        explain: @escaping @Sendable (String) -> FieldProblem? = { _ in nil }
    ) -> FieldType {
        let schema: @Sendable () -> JSON = {
            var entries: [(key: String, value: JSON)] = [
                ("type", .string("string")), ("pattern", .string(pattern.source)),
            ]
            if let rejected { entries.append(("not", .object([("pattern", .string(rejected.source))]))) }
            return .object(entries)
        }
        return .scalar(expects, placeholder: "", schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            if pattern.matches(scalar.text), rejected?.matches(scalar.text) != true { return .success(scalar.text) }
            return .failure(
                explain(scalar.text)
                    ?? FieldProblem(
                        code, "is `\(scalar.text)`, which is not \(expects.beforeExample)", help: "write \(expects)"))
        }
    }

    /// Any string but the empty one.
    static var anyText: FieldType {
        let schema: @Sendable () -> JSON = { .object([("type", .string("string")), ("minLength", .integer(1))]) }
        return .scalar("a string", placeholder: "", schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            return scalar.text.isEmpty
                ? .failure(FieldProblem("empty-value", "is an empty string")) : .success(scalar.text)
        }
    }
}

/// Explains a scalar that YAML does not read as a string.
func notText(_ scalar: Node.Scalar) -> FieldProblem? {
    let kind: String
    switch scalar.meaning {
    case .string: return nil
    case .null: kind = "null"
    case .boolean: kind = "a boolean"
    case .integer, .number: kind = "a number"
    }
    return FieldProblem(
        "wrong-type", "must be a string, not \(kind)", label: "YAML reads this as \(kind)",
        help: "quote it: `\"\(scalar.text)\"`", instead: ["\"\(scalar.text)\""])
}

extension String {
    /// "a region" of "a region such as `us-east-1`".
    var beforeExample: String {
        guard let range = firstIndex(of: "`") else { return self }
        var head = self[..<range]
        for ending in [" such as ", " like "] where head.hasSuffix(ending) { head = head.dropLast(ending.count) }
        return String(head)
    }
}

/// Writes a string as a YAML scalar that may also be in a flow sequence.
func plainOrQuoted(_ text: String) -> String { text.contains(",") ? "\"\(text)\"" : text }
