import Diagnostics

/// The fields of a noun as its JSON Schema lists them.
struct RecordedFields {
    private var properties: [(key: String, value: JSON)] = []
    private var required: [String] = []
    /// All keys, in order.
    var keys: [String] { properties.map(\.key) }
    var holdsOneKey = false

    mutating func add(_ key: String, _ schema: JSON, _ meaning: String, required: Bool, default: JSON?) {
        guard case .object(var entries) = schema else { return }
        entries.insert(("description", .string(meaning)), at: 0)
        if let `default` { entries.append(("default", `default`)) }
        properties.append((key, .object(entries)))
        if required { self.required.append(key) }
    }

    /// The schema of the mapping.
    var schema: JSON {
        var entries: [(key: String, value: JSON)] = [
            ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ]
        if !required.isEmpty { entries.append(("required", .array(required.map(JSON.string)))) }
        if holdsOneKey { entries += [("minProperties", .integer(1)), ("maxProperties", .integer(1))] }
        entries.append(("properties", .object(properties)))
        return .object(entries)
    }
}
