import Diagnostics
import YAML

/// How one kind of value is written: read from YAML, and described in the JSON Schema.
package struct FieldType<Value: Sendable>: Sendable {
    /// What is expected, with an example: "a duration such as `500ms`".
    let expects: @Sendable () -> String
    /// Stands in for a value that could not be read, so that reading goes on; never leaves the spec stage.
    let placeholder: Value
    /// The form of the values in the JSON Schema; `described` has examples as well.
    let schema: @Sendable () -> JSON
    /// The one text that is right, where there is one.
    var onlyWord: String?
    /// Values as a spec has them; if empty, the ones in `expects` are the examples.
    var examples: [String] = []
    let read: @Sendable (Node, _ subject: FieldSubject, inout Report) -> Value?
}

/// Why a scalar is not a value of its type.
struct FieldProblem: Error {
    var code: String
    /// What follows the key's name in the message.
    let says: String
    var label: String = ""
    var help: [String] = []
    /// Replacements of the scalar, as the first line of help proposes.
    var others: [String] = []
    /// The part of the scalar's text that is wrong; nil for all of it.
    var part: Substring?

    init(_ code: String, _ says: String, label: String = "", help: String..., instead others: [String] = []) {
        self.code = code
        self.says = says
        self.label = label
        self.help = help
        self.others = others
    }

    /// The place of the wrong part of a scalar; the whole scalar where its text differs from what is written.
    func place(in range: SourceRange) -> SourceRange {
        guard let part, !part.isEmpty else { return range }
        let text = Array(part.base.utf8)
        let written = range.file.bytes[range.start..<range.end]
        let quotes = (written.count - text.count) / 2
        guard (0...1).contains(quotes), written.dropFirst(quotes).prefix(text.count).elementsEqual(text) else {
            return range
        }
        let start = range.start + quotes + part.base.utf8.distance(from: part.base.startIndex, to: part.startIndex)
        return SourceRange(range.file, start, start + part.utf8.count)
    }

    /// The lines of help for a scalar in its place, without what is no better than the scalar itself.
    func help(at range: SourceRange, isRight: (Node.Scalar) -> Bool) -> [Help] {
        let better = others.filter { isRight(Node.Scalar(written: $0)) }
        return help.enumerated().compactMap { index, line in
            guard index == 0, !others.isEmpty else { return Help(line) }
            return better.isEmpty ? nil : Help(line, replacing: range, by: better)
        }
    }
}

extension FieldType {
    /// A type whose values are single scalars.
    static func scalar(
        _ expects: @autoclosure @escaping @Sendable () -> String, placeholder: Value,
        schema: @escaping @Sendable () -> JSON,
        parse: @escaping @Sendable (Node.Scalar) -> Result<Value, FieldProblem>
    ) -> FieldType {
        FieldType(expects: expects, placeholder: placeholder, schema: schema) { node, subject, report in
            guard let scalar = node.scalar else {
                report.error(
                    "wrong-shape", "\(subject) must be \(expects()), not \(node.yamlType)", at: node.start,
                    label: "\(node.yamlType)")
                return nil
            }
            switch parse(scalar) {
            case .success(let value): return value
            case .failure(let problem):
                report.error(
                    problem.code, "\(subject) \(problem.says)", at: problem.place(in: node.range), label: problem.label,
                    help: problem.help(at: node.range) { if case .success = parse($0) { true } else { false } }
                )
                return nil
            }
        }
    }
}

extension Node.Scalar {
    /// A scalar as a proposal writes it, which has double quotes or none.
    fileprivate init(written text: String) {
        let isQuoted = text.hasPrefix("\"") && text.hasSuffix("\"") && text.count > 1
        self.init(isQuoted ? String(text.dropFirst().dropLast()) : text, isQuoted ? .doubleQuoted : .plain)
    }
}

extension Node {
    /// What this is, in words.
    var yamlType: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: "null"
            case .boolean: "a boolean"
            case .integer, .number: "a number"
            case .string: "a string"
            }
        }
    }

    /// A place on one line that stands for the node: a scalar itself, the first key of a mapping, the first item of a list.
    var start: SourceRange {
        switch content {
        case .scalar: range
        case .sequence(let items): items.first.map(\.start) ?? range
        case .mapping(let entries): entries.first.map(\.keyRange) ?? range
        }
    }
}
