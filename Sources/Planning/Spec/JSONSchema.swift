import Diagnostics

/// Writes the JSON Schema of cluster specs (draft-07), from the same lines that read them.
///
/// A spec that extends a base, and a base itself, may leave out what is required: the whole is checked when it is compiled.
/// The file of a team has nothing but its name and models.
package func jsonSchema() -> String {
    var fields = FieldReader(recording: .document)
    _ = ClusterSpec(&fields)
    let schema = fields.recorded.schema
    guard case .object(let entries) = schema.optional else { return "" }
    let header: [(key: String, value: JSON)] = [
        ("$schema", .string("http://json-schema.org/draft-07/schema#")),
        ("title", .string("Stowage cluster spec (\(SpecFormat.apiVersion) \(SpecFormat.kind))")),
    ]
    func hasKind(_ kind: String) -> JSON {
        .object([("properties", .object([("kind", .object([("const", .string(kind))]))]))])
    }
    let extends = JSON.object([("properties", .object([("spec", .object([("required", .words("extends"))]))]))])
    let isPart = JSON.object([
        ("anyOf", .array([hasKind(SpecFormat.baseKind), hasKind(SpecFormat.modelsKind), extends]))
    ])
    let needed = schema.requirements ?? .object([])
    let isTeamFile = JSON.object([
        ("required", .words("kind")),
        ("properties", .object([("kind", .object([("const", .string(SpecFormat.modelsKind))]))])),
    ])
    let whole: [(key: String, value: JSON)] = [
        ("if", isPart), ("else", needed.withIncludedModels),
        ("allOf", .array([.object([("if", isTeamFile), ("then", teamFile(needed))])])),
    ]
    return JSON.object(header + entries + whole).page
}

/// What a file of a team has to have, by what is required of models in a whole spec.
private func teamFile(_ needed: JSON) -> JSON {
    let models = needed.value("properties")?.value("spec")?.value("properties")?.value("models") ?? .object([])
    let spec = JSON.object([
        ("required", .words("models")), ("propertyNames", .object([("const", .string("models"))])),
        ("properties", .object([("models", models)])),
    ])
    return .object([
        ("required", .words("apiVersion", "kind", "metadata", "spec")),
        ("properties", .object([("metadata", .object([("required", .words("name"))])), ("spec", spec)])),
    ])
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

    fileprivate static func words(_ words: String...) -> JSON { .array(words.map(JSON.string)) }

    /// The value under a key.
    fileprivate func value(_ key: String) -> JSON? {
        guard case .object(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// What is required of a document, except that a spec that includes files needs no models of its own.
    fileprivate var withIncludedModels: JSON {
        changing("properties") { document in
            document.changing("spec") { spec in
                guard case .object(let entries) = spec.changing("required", \.withoutModels) else { return spec }
                let either = JSON.array(["models", "include"].map { .object([("required", .words($0))]) })
                return .object(entries + [("anyOf", either)])
            }
        }
    }

    private var withoutModels: JSON {
        guard case .array(let words) = self else { return self }
        return .array(words.filter { if case .string("models") = $0 { false } else { true } })
    }

    private func changing(_ key: String, _ change: (JSON) -> JSON) -> JSON {
        guard case .object(let entries) = self else { return self }
        return .object(entries.map { ($0.key, $0.key == key ? change($0.value) : $0.value) })
    }

    private func mappingEach(_ change: (JSON) -> JSON) -> JSON {
        guard case .object(let entries) = self else { return self }
        return .object(entries.map { ($0.key, change($0.value)) })
    }
}
