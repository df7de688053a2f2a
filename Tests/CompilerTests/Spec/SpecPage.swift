import YAML

/// A mapping of the spec, which has a section on the page on specs.
struct SpecSection {
    /// Its place, such as `spec.models[].sla`; empty for the document.
    let path: String
    /// Its JSON Schema.
    let schema: Node
    let required: Set<String>

    var title: String { path.isEmpty ? "The document" : "`\(path)`" }
    /// Where a link to its heading leads.
    var anchor: String { anchorOfHeading(title) }
    var fields: [Node.Entry] { schema["properties"]?.entries ?? [] }

    /// The section of a mapping, then those of the mappings in it.
    ///
    /// What is required is apart from the rest, because a base may leave it out.
    static func all(_ schema: Node, requirements: Node?, _ path: String = "") -> [SpecSection] {
        let lists = [requirements?["required"], schema["required"]]
        let required = lists.flatMap { $0?.items ?? [] }.compactMap { $0.scalar?.text }
        let section = SpecSection(path: path, schema: schema, required: Set(required))
        return [section]
            + section.fields.flatMap { field -> [SpecSection] in
                guard let mapping = mapping(in: field.value) else { return [] }
                let needed = requirements?["properties"]?[field.key]
                return all(mapping, requirements: needed?["items"] ?? needed, section.path(of: field))
            }
    }

    /// The place of a field.
    private func path(of field: Node.Entry) -> String {
        (path.isEmpty ? "" : path + ".") + field.key + (field.value["items"] == nil ? "" : "[]")
    }

    /// The fields as a table.
    var table: String {
        "| field | example | default | meaning |\n|---|---|---|---|\n"
            + fields.map { field in
                let (meaning, otherwise) = parted(field.value["description"]?.scalar?.text ?? "")
                let columns = [
                    "`\(field.key)`", example(field.value, path(of: field)),
                    otherwise ?? absence(of: field), meaning,
                ]
                return "| \(columns.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
            }.joined()
    }

    /// A description without what it says of the field's absence, and that.
    private func parted(_ description: String) -> (meaning: String, absence: String?) {
        for mark in ["default: ", "required "] {
            guard let start = description.firstRange(of: "; " + mark) else { continue }
            let absence = description[start.upperBound...]
            return (String(description[..<start.lowerBound]), mark == "default: " ? String(absence) : mark + absence)
        }
        return (description, nil)
    }

    /// What the schema says of a field's absence.
    private func absence(of field: Node.Entry) -> String {
        if required.contains(field.key) { return "required" }
        if let value = field.value["default"] { return value.items?.isEmpty == true ? "none" : "`\(yaml(value))`" }
        if schema["maxProperties"]?.scalar?.text == "1" { return "one of them is required" }
        return mapping(in: field.value) == nil ? "" : "the defaults of its fields"
    }
}

/// The mapping that a value is or has, if that has a section: one that an example shows whole has none.
private func mapping(in value: Node) -> Node? {
    if value["examples"] != nil { return nil }
    if value["properties"] != nil { return value }
    return value["items"].flatMap(mapping) ?? value["anyOf"]?.items?.lazy.compactMap(mapping).first
}

/// What a value looks like: its examples, or all values where they are few.
private func example(_ value: Node, _ path: String) -> String {
    func code(_ values: [Node]) -> String { values.map { "`\(yaml($0))`" }.joined(separator: ", ") }
    if let examples = value["examples"]?.items { return code(examples) + limits(of: value) }
    if let constant = value["const"] { return code([constant]) }
    if let words = value["enum"]?.items { return code(words) }
    if let choices = value["anyOf"]?.items {
        let texts = choices.map { $0["items"]?["enum"] == nil ? example($0, path) : "a list of them" }
        return texts.joined(separator: " or ")
    }
    if value["properties"] != nil { return "[mapping](#\(anchorOfHeading(path)))" }
    switch value["type"]?.scalar?.text {
    case "object":
        let pair = [value["propertyNames"], value["additionalProperties"]].compactMap { $0?["examples"]?.items?.first }
        return "`{\(pair.map(yaml).joined(separator: ": "))}`"
    case "array":
        guard let item = value["items"] else { return "" }
        if item["properties"] != nil { return "[list](#\(anchorOfHeading(path)))" }
        if let examples = item["examples"]?.items { return "`[\(examples.map(yaml).joined(separator: ", "))]`" }
        return "list of \(example(item, path))"
    default: return "`true`, `false`"
    }
}

/// The limits of a number.
private func limits(of value: Node) -> String {
    guard let most = value["maximum"]?.scalar?.text else { return "" }
    return value["minimum"]?.scalar.map { " (\($0.text) to \(most))" } ?? " (up to \(most))"
}

/// A value of the schema as a spec has it.
func yaml(_ value: Node) -> String {
    switch value.content {
    case .sequence(let items): return "[\(items.map(yaml).joined(separator: ", "))]"
    case .mapping(let entries): return "{\(entries.map { "\($0.key): \(yaml($0.value))" }.joined(separator: ", "))}"
    case .scalar(let scalar):
        // YAML 1.1 reads a plain `18:00` as a number.
        let isPlain = Node.Scalar(scalar.text).meaning == .string && scalar.text.wholeMatch(of: /[0-9].*:.*/) == nil
        return scalar.style == .plain || isPlain ? scalar.text : "\"\(scalar.text)\""
    }
}

/// The anchor that GitHub gives to a heading.
func anchorOfHeading(_ heading: String) -> String {
    heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
}
