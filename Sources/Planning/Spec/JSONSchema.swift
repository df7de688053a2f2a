import Diagnostics

/// Writes the JSON Schema of cluster specs (draft-07), from the same lines that read them.
///
/// A spec that extends a base, and a base itself, may leave out what is required: the whole is checked when it is compiled.
package func jsonSchema() -> String {
    var fields = FieldReader(recording: .document)
    _ = ClusterSpec(&fields)
    let schema = fields.recorded.schema
    guard case .object(let entries) = schema.optional else { return "" }
    let header: [(key: String, value: JSON)] = [
        ("$schema", .string("http://json-schema.org/draft-07/schema#")),
        ("title", .string("Stowage cluster spec (\(SpecFormat.apiVersion) \(SpecFormat.kind))")),
    ]
    let isPart = JSON.object([
        (
            "anyOf",
            .array([
                .object([("properties", .object([("kind", .object([("const", .string(SpecFormat.baseKind))]))]))]),
                .object([
                    ("properties", .object([("spec", .object([("required", .array([.string("extends")]))]))]))
                ]),
            ])
        )
    ])
    let whole: [(key: String, value: JSON)] = [("if", isPart), ("else", schema.requirements ?? .object([]))]
    return JSON.object(header + entries + whole).page
}

extension JSON {
    /// The schema of the same mapping with nothing required in it.
    fileprivate var optional: JSON {
        guard case .object(let entries) = self else { return self }
        return .object(
            entries.compactMap { key, value in
                switch key {
                case "required": nil
                case "items": (key, value.optional)
                case "properties": (key, value.mappingEach(\.optional))
                default: (key, value)
                }
            })
    }

    /// The schema that says of the same mapping only what is required in it; nil where nothing is.
    fileprivate var requirements: JSON? {
        guard case .object(let entries) = self else { return nil }
        let kept = entries.compactMap { key, value -> (key: String, value: JSON)? in
            switch key {
            case "required": return (key, value)
            case "items": return value.requirements.map { (key, $0) }
            case "properties":
                guard case .object(let fields) = value else { return nil }
                let rest = fields.compactMap { field in field.value.requirements.map { (key: field.key, value: $0) } }
                return rest.isEmpty ? nil : (key, .object(rest))
            default: return nil
            }
        }
        return kept.isEmpty ? nil : .object(kept)
    }

    private func mappingEach(_ change: (JSON) -> JSON) -> JSON {
        guard case .object(let entries) = self else { return self }
        return .object(entries.map { ($0.key, change($0.value)) })
    }
}
