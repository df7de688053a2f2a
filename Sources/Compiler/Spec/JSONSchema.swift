import Diagnostics

/// Writes the JSON Schema of cluster specs (draft-07), from the same lines that read them.
package func jsonSchema() -> String {
    var fields = FieldReader(recording: .document)
    _ = ClusterSpec(&fields)
    guard case .object(let entries) = fields.recorded.schema else { return "" }
    let header: [(key: String, value: JSON)] = [
        ("$schema", .string("http://json-schema.org/draft-07/schema#")),
        ("title", .string("Stowage cluster spec (\(ClusterSpec.apiVersion) \(ClusterSpec.kind))")),
    ]
    return JSON.object(header + entries).page
}
