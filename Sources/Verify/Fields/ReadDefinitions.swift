import Diagnostics
import Groundwork

extension Schemas {
    /// Adds the kinds that CustomResourceDefinitions define, and replaces those of the same name.
    ///
    /// Types, required fields, enums, patterns and bounds are read; CEL rules are not.
    package mutating func addDefinitions(of file: SourceFile, _ report: inout Report) -> Int {
        guard find("CustomResourceDefinition", in: file.bytes) != nil, let manifest = readManifest(file, &report) else {
            return 0
        }
        var count = 0
        for document in manifest.documents {
            let root = document.root
            let items = root["kind"]?.text == "List" ? root.items(of: "items") : [root]
            for definition in items where definition["kind"]?.text == "CustomResourceDefinition" {
                count += add(definition)
            }
        }
        return count
    }

    private mutating func add(_ definition: ManifestValue) -> Int {
        guard let spec = definition["spec"], let group = spec["group"]?.text, let kind = spec["names"]?["kind"]?.text
        else { return 0 }
        var count = 0
        for version in spec.items(of: "versions") where version["served"]?.boolean != false {
            guard let name = version["name"]?.text, let schema = version["schema"]?["openAPIV3Schema"] else { continue }
            let fieldSchema = convert(schema, depth: 0)
            let anything = add(FieldSchema(kind: .any))
            let metadata = Schemas.known.kinds["v1 ConfigMap"].flatMap { root in
                Schemas.known.all[root].field("metadata").map { copy($0.schema, of: .known) }
            }
            complete(fieldSchema, metadata: metadata ?? anything, status: anything)
            set(kind, in: "\(group)/\(name)", to: fieldSchema)
            count += 1
        }
        return count
    }

    /// Adds the fields that every object has.
    private mutating func complete(_ fieldSchema: Int, metadata: Int, status: Int) {
        let anything = status
        let common = [("apiVersion", anything), ("kind", anything), ("metadata", metadata), ("status", status)]
        var fields = all[fieldSchema].fields.filter { field in !common.contains { $0.0 == field.name } }
        fields += common.map { FieldSchema.Field(name: $0.0, schema: $0.1, isRequired: false) }
        replaceFields(of: fieldSchema, with: fields)
    }

    /// Copies a schema of other schemas, with everything in it.
    private mutating func copy(_ number: Int, of other: Schemas) -> Int {
        let fieldSchema = other.all[number]
        let item = fieldSchema.item.map { copy($0, of: other) }
        let fields = fieldSchema.fields.map {
            FieldSchema.Field(
                name: $0.name, schema: copy($0.schema, of: other), isRequired: $0.isRequired, since: $0.since)
        }
        return add(
            FieldSchema(
                kind: fieldSchema.kind, item: item, least: fieldSchema.least, most: fieldSchema.most,
                words: fieldSchema.words,
                pattern: fieldSchema.pattern, fields: fields, isOpen: fieldSchema.isOpen))
    }

    private mutating func convert(_ schema: ManifestValue, depth: Int) -> Int {
        let isOpen = schema["x-kubernetes-preserve-unknown-fields"]?.boolean == true
        var item: Int?
        var fields: [FieldSchema.Field] = []
        let kind: FieldSchema.Kind
        switch schema["type"]?.text {
        case _ where schema["x-kubernetes-int-or-string"]?.boolean == true: kind = .quantity
        case "array":
            kind = .array
            item = schema["items"].map { convert($0, depth: depth + 1) }
        case "object":
            let properties = schema["properties"]?.entries ?? []
            if properties.isEmpty {
                let values = schema["additionalProperties"].flatMap { $0.kind == .mapping ? $0 : nil }
                kind = values == nil || isOpen ? .any : .map
                if let values, !isOpen { item = convert(values, depth: depth + 1) }
            } else {
                kind = .object
                let required = schema["required"]?.texts ?? []
                fields = properties.map { entry in
                    FieldSchema.Field(
                        name: entry.key, schema: convert(entry.value, depth: depth + 1),
                        isRequired: required.contains(entry.key))
                }
            }
        case "string": kind = .string
        case "integer": kind = .integer
        case "number": kind = .number
        case "boolean": kind = .boolean
        default: kind = .any
        }
        return add(
            FieldSchema(
                kind: kind, item: item, least: schema["minimum"]?.number, most: schema["maximum"]?.number,
                words: schema["enum"]?.texts ?? [], pattern: schema["pattern"]?.text ?? "", fields: fields,
                isOpen: isOpen))
    }
}
