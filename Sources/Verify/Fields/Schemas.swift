import Groundwork

/// What is allowed at a place in an object: the part of an OpenAPI schema that can be checked value by value.
///
/// A class, because the checker looks one up for each value.
final class FieldShape: Sendable {
    enum Kind: String, Sendable { case any, array, boolean, integer, map, number, object, quantity, string }

    /// A field of an object.
    final class Field: Sendable {
        let name: String
        /// Its shape, as a number in `Schemas`.
        let shape: Int
        let isRequired: Bool
        /// The first minor version of Kubernetes that has it; nil if all have it.
        let since: Version?
        /// When it takes effect, if that depends on its place.
        private let late: LateField?

        init(name: String, shape: Int, isRequired: Bool, since: Version? = nil) {
            self.name = name
            self.shape = shape
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
    /// The shape of the items of a list, or of the values of a map.
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

    /// The same shape with other fields.
    func having(_ fields: [Field]) -> FieldShape {
        FieldShape(
            kind: kind, item: item, least: least, most: most, words: words, pattern: pattern, fields: fields,
            isOpen: isOpen)
    }
}

/// The shapes of kinds, by the API version and kind of an object.
package struct Schemas: Sendable {
    private(set) var shapes: [FieldShape] = []
    private(set) var kinds: [String: Int] = [:]

    /// The shape of an object; nil if the kind is unknown.
    func root(_ object: KubernetesObject) -> Int? {
        guard let version = object.root["apiVersion"]?.text else { return nil }
        return kinds["\(version) \(object.kind.name)"]
    }

    /// Adds a shape and returns its number.
    mutating func add(_ shape: FieldShape) -> Int {
        shapes.append(shape)
        return shapes.count - 1
    }

    /// Replaces the fields of a shape.
    mutating func replaceFields(of shape: Int, with fields: [FieldShape.Field]) {
        shapes[shape] = shapes[shape].having(fields)
    }

    /// Sets the shape of a kind, and replaces the one that it had.
    mutating func set(_ kind: String, in version: String, to shape: Int) { kinds["\(version) \(kind)"] = shape }
}

extension Schemas {
    /// The kinds that are known: those of Kubernetes, Karpenter, KEDA, the Prometheus operator, Argo CD and Flux.
    package static let known: Schemas = {
        var schemas = Schemas()
        let fields = scan("fields", columns: ["shape", "name", "of", "required", "since"]) { row in
            let owner = row.integer()
            let name = decoded(row.text())
            return (
                owner,
                FieldShape.Field(
                    name: name, shape: row.integer(), isRequired: row.integer() == 1, since: Version(row.text()))
            )
        }
        var owned: [Int: [FieldShape.Field]] = [:]
        for (owner, field) in fields { owned[owner, default: []].append(field) }
        let columns = ["kind", "item", "least", "most", "values", "pattern", "isOpen"]
        let shapes = scan("field-shapes", columns: columns) { row in
            FieldShape(
                kind: row.word(FieldShape.Kind.self), item: row.integer(orEmpty: ()), least: row.number(orEmpty: ()),
                most: row.number(orEmpty: ()), words: row.words().map { $0 == "%" ? "" : decoded($0) },
                pattern: decoded(row.text()), isOpen: row.integer() == 1)
        }
        for (number, shape) in shapes.enumerated() {
            _ = schemas.add(owned[number].map { shape.having($0) } ?? shape)
        }
        for (version, kind, shape) in scan(
            "field-kinds", columns: ["apiVersion", "kind", "shape"],
            row: { row in
                (row.text(), row.text(), row.integer())
            })
        {
            schemas.set(kind, in: version, to: shape)
        }
        return schemas
    }()
}

/// Decodes what the tables encode, such as `%2C`.
private func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    return text.replacing("%2C", with: ",").replacing("%22", with: "\"").replacing("%25", with: "%")
}
