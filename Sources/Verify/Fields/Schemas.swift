import Groundwork

/// What may stand at a place of an object: the part of an OpenAPI schema that can be judged value by value.
///
/// A class, because a checker takes one for each value that it meets.
final class FieldShape: Sendable {
    enum Kind: String, Sendable { case any, array, boolean, integer, map, number, object, quantity, string }

    /// A field of an object.
    final class Field: Sendable {
        let name: String
        /// Its shape, as a number in `Schemas`.
        let shape: Int
        let isRequired: Bool
        /// The first minor version of Kubernetes that has it; nil where all have.
        let since: Version?
        /// When it begins to work, where that depends on where it stands.
        private let late: LateField?

        init(name: String, shape: Int, isRequired: Bool, since: Version? = nil) {
            self.name = name
            self.shape = shape
            self.isRequired = isRequired
            self.since = since
            late = LateField.named(name)
        }

        /// The first version in which it does something, where not all have it: gates open later than schemas know it.
        func since(in kind: ObjectKind, below parent: String?) -> Version? {
            late?.since(in: kind, below: parent) ?? since
        }
    }

    let kind: Kind
    /// The shape of the items of a list, or of the values of a map.
    let item: Int?
    let least: Double?
    let most: Double?
    /// The words that a text may be; empty where any is right.
    let words: [String]
    let pattern: String
    let fields: [Field]
    /// The names of the fields that have to be there.
    let required: [String]
    /// Whether other fields than those are right, too.
    let isOpen: Bool
    /// The places of the fields, where they are many.
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

    /// The shape of an object; nil where the kind is not known.
    func root(_ object: KubernetesObject) -> Int? {
        guard let version = object.root["apiVersion"]?.text else { return nil }
        return kinds["\(version) \(object.kind.name)"]
    }

    /// Adds a shape and gives its number.
    mutating func add(_ shape: FieldShape) -> Int {
        shapes.append(shape)
        return shapes.count - 1
    }

    /// Gives a shape other fields.
    mutating func replaceFields(of shape: Int, with fields: [FieldShape.Field]) {
        shapes[shape] = shapes[shape].having(fields)
    }

    /// Says which shape a kind has, in the place of one that it had.
    mutating func set(_ kind: String, in version: String, to shape: Int) { kinds["\(version) \(kind)"] = shape }
}

extension Schemas {
    /// The kinds that trees here hold: those of Kubernetes, Karpenter, KEDA, the Prometheus operator, Argo CD and Flux.
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

/// Gives back what the tables write as `%2C`.
private func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    return text.replacing("%2C", with: ",").replacing("%22", with: "\"").replacing("%25", with: "%")
}
