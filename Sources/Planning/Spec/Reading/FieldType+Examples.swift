import Diagnostics
import YAML

extension FieldType {
    /// The same type with the examples of one field, each as it is in a spec.
    func example(_ texts: String...) -> FieldType {
        var type = self
        type.examples = texts
        return type
    }

    /// The JSON Schema of the values, with examples.
    var described: JSON {
        let texts = examples.isEmpty ? expects().quotedExamples : examples
        guard case .object(let entries) = schema(), !texts.isEmpty else { return schema() }
        return .object(entries + [("examples", .array(texts.compactMap(JSON.init(yaml:))))])
    }
}

extension String {
    /// `us-east-1` in "a region such as `us-east-1`".
    fileprivate var quotedExamples: [String] {
        guard let start = firstRange(of: " such as ")?.upperBound else { return [] }
        let parts = self[start...].split(separator: "`", omittingEmptySubsequences: false)
        return parts.indices.filter { !$0.isMultiple(of: 2) }.map { String(parts[$0]) }
    }
}

extension JSON {
    /// The one value in a YAML text.
    init?(yaml text: String) {
        var report = Report()
        guard let node = readYAML(SourceFile(path: "example", text: text), &report)?.first else { return nil }
        self.init(node)
    }

    private init(_ node: Node) {
        switch node.content {
        case .sequence(let items): self = .array(items.map(JSON.init))
        case .mapping(let entries): self = .object(entries.map { ($0.key, JSON($0.value)) })
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: self = .null
            case .boolean(let value): self = .boolean(value)
            case .integer(let value): self = .integer(value)
            case .number(let value): self = .number(value)
            case .string: self = .string(scalar.text)
            }
        }
    }
}
