import Diagnostics
import Groundwork
import YAML

extension FieldType where Value == Node {
    /// Any mapping, as it is written.
    static var mapping: FieldType {
        let schema: @Sendable () -> JSON = { .object([("type", .string("object")), ("minProperties", .integer(1))]) }
        let nothing = Node(.mapping([]), SourceRange(SourceFile(path: "", bytes: []), 0, 0))
        return FieldType(expects: { "a mapping" }, placeholder: nothing, schema: schema) { node, subject, report in
            guard let entries = node.entries else {
                report.error(
                    "wrong-shape", "\(subject) must be a mapping, not \(node.yamlType)", at: node.start,
                    label: node.yamlType)
                return nil
            }
            if entries.isEmpty {
                report.error("empty-value", "\(subject) is an empty mapping", at: node.range, label: "changes nothing")
            }
            return node
        }
    }
}

extension FieldType where Value == String {
    /// The path of a value in an object.
    static var jsonPointer: FieldType {
        .text("a JSON pointer such as `/spec/replicas`", Patterns.jsonPointer, code: "malformed-pointer") { text in
            guard !text.isEmpty, !text.hasPrefix("/") else { return nil }
            let pointer = "/" + text.replacing(".", with: "/")
            return FieldProblem(
                "malformed-pointer", "is `\(text)`, which is not a JSON pointer", label: "must start with `/`",
                help: "write `\(pointer)`", instead: [pointer])
        }
    }
}

extension Patterns {
    static let jsonPointer = Pattern("/.+")
}
