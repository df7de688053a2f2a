import Groundwork

/// What is allowed at a place in an object: the part of an OpenAPI schema that can be checked value by value.
///
/// A class, because the checker looks one up for each value.
final class FieldSchema: Sendable {
    enum Kind: String, Sendable { case any, array, boolean, integer, map, number, object, quantity, string }

    /// A field of an object.
    final class Field: Sendable {
        let name: String
        /// Its schema, as a number in `Schemas`.
        let schema: Int
        let isRequired: Bool
        /// The first minor version of Kubernetes that has it; nil if all have it.
        let since: Version?
        /// When it takes effect, if that depends on its place.
        private let late: LateField?

        init(name: String, schema: Int, isRequired: Bool, since: Version? = nil) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.since = since
            late = LateField.named(name)
        }

        /// The first version in which it has an effect, if not in all: feature gates open after schemas include it.
        func since(in kind: ObjectKind, below parent: String?) -> Version? {
            late?.since(in: kind, below: parent) ?? since
        }
    }

    let kind: Kind
    /// The schema of the items of a list, or of the values of a map.
    let item: Int?
    let least: Double?
    let most: Double?
    /// The allowed strings; empty if any string is allowed.
    let words: [String]
    let pattern: String
    let fields: [Field]
    /// The names of the required fields.
    let required: [String]
    /// Whether other fields are allowed.
    let isOpen: Bool
    /// The indices of the fields, if there are many.
    private let places: [String: Int]

    init(
        kind: Kind, item: Int? = nil, least: Double? = nil, most: Double? = nil, words: [String] = [],
        pattern: String = "", fields: [Field] = [], isOpen: Bool = false
    ) {
        self.kind = kind
        self.item = item
        self.least = least
        self.most = most
        self.words = words
        self.pattern = pattern
        self.fields = fields
        self.isOpen = isOpen
        required = fields.filter(\.isRequired).map(\.name)
        let many = fields.count > 8 ? fields : []
        places = Dictionary(many.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Finds a field by its name.
    func field(_ name: String) -> Field? {
        let index = places.isEmpty ? fields.indices.first { fields[$0].name == name } : places[name]
        return index.map { fields[$0] }
    }

    /// The same schema with other fields.
    func having(_ fields: [Field]) -> FieldSchema {
        FieldSchema(
            kind: kind, item: item, least: least, most: most, words: words, pattern: pattern, fields: fields,
            isOpen: isOpen)
    }
}

/// The schemas of kinds, by the API version and kind of an object.
package struct Schemas: Sendable {
    private(set) var all: [FieldSchema] = []
    private(set) var kinds: [String: Int] = [:]

    /// The schema of an object; nil if the kind is unknown.
    func root(_ object: KubernetesObject) -> Int? {
        guard let version = object.root["apiVersion"]?.text else { return nil }
        return kinds["\(version) \(object.kind.name)"]
    }

    /// Adds a schema and returns its number.
    mutating func add(_ schema: FieldSchema) -> Int {
        all.append(schema)
        return all.count - 1
    }

    /// Replaces the fields of a schema.
    mutating func replaceFields(of schema: Int, with fields: [FieldSchema.Field]) {
        all[schema] = all[schema].having(fields)
    }

    /// Sets the schema of a kind, and replaces the one that it had.
    mutating func set(_ kind: String, in version: String, to schema: Int) { kinds["\(version) \(kind)"] = schema }
}

extension Schemas {
    /// The kinds that are known: those of Kubernetes, Karpenter, KEDA, the Prometheus operator, Argo CD and Flux.
    package static let known: Schemas = {
        var schemas = Schemas()
        let fields = scan("fields", columns: ["schema", "name", "of", "required", "since"]) { row in
            let owner = row.integer()
            let name = decoded(row.text())
            return (
                owner,
                FieldSchema.Field(
                    name: name, schema: row.integer(), isRequired: row.integer() == 1, since: Version(row.text()))
            )
        }
        var owned: [Int: [FieldSchema.Field]] = [:]
        for (owner, field) in fields { owned[owner, default: []].append(field) }
        let columns = ["kind", "item", "least", "most", "values", "pattern", "isOpen"]
        let rows = scan("field-schemas", columns: columns) { row in
            FieldSchema(
                kind: row.word(FieldSchema.Kind.self), item: row.integer(orEmpty: ()), least: row.number(orEmpty: ()),
                most: row.number(orEmpty: ()), words: row.words().map { $0 == "%" ? "" : decoded($0) },
                pattern: decoded(row.text()), isOpen: row.integer() == 1)
        }
        for (number, schema) in rows.enumerated() {
            _ = schemas.add(owned[number].map { schema.having($0) } ?? schema)
        }
        for (version, kind, schema) in scan(
            "field-kinds", columns: ["apiVersion", "kind", "schema"],
            row: { row in
                (row.text(), row.text(), row.integer())
            })
        {
            schemas.set(kind, in: version, to: schema)
        }
        return schemas
    }()
}

/// Decodes what the tables encode, such as `%2C`.
private func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    return text.replacing("%2C", with: ",").replacing("%22", with: "\"").replacing("%25", with: "%")
}
