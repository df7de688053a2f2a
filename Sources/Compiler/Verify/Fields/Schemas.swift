/// What may stand at a place of an object: the part of an OpenAPI schema that can be judged value by value.
struct FieldShape: Sendable {
    enum Kind: String, Sendable { case any, array, boolean, integer, map, number, object, quantity, string }

    /// A field of an object.
    struct Field: Sendable {
        let name: String
        /// Its shape, as a number in `Schemas`.
        let shape: Int
        let isRequired: Bool
        /// The first minor version of Kubernetes that has it; empty where all have.
        let since: String
    }

    let kind: Kind
    /// The shape of the items of a list, or of the values of a map.
    var item: Int?
    var least: Double?
    var most: Double?
    /// The words that a text may be; empty where any is right.
    var words: [String] = []
    var pattern = ""
    var fields: [Field] = []
    /// Whether other fields than those are right, too.
    var isOpen = false

    /// Finds a field by its name.
    func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// The shapes of kinds, by the API version and kind of an object.
package struct Schemas: Sendable {
    private(set) var shapes: [FieldShape] = []
    private(set) var kinds: [String: Int] = [:]

    /// The shape of an object; nil where the kind is not known.
    func root(_ object: Inventory.Object) -> Int? {
        guard let version = object.root["apiVersion"]?.text else { return nil }
        return kinds["\(version) \(object.kind.name)"]
    }

    /// Adds a shape and gives its number.
    mutating func add(_ shape: FieldShape) -> Int {
        shapes.append(shape)
        return shapes.count - 1
    }

    /// Adds a field to a shape.
    mutating func add(_ field: FieldShape.Field, to shape: Int) { shapes[shape].fields.append(field) }

    /// Gives a shape other fields.
    mutating func replaceFields(of shape: Int, with fields: [FieldShape.Field]) { shapes[shape].fields = fields }

    /// Says which shape a kind has, in the place of one that it had.
    mutating func set(_ kind: String, in version: String, to shape: Int) { kinds["\(version) \(kind)"] = shape }
}

extension Schemas {
    /// The kinds that trees here hold: those of Kubernetes, Karpenter, KEDA, the Prometheus operator, Argo CD and Flux.
    package static let known: Schemas = {
        var schemas = Schemas()
        let columns = ["kind", "item", "least", "most", "values", "pattern", "isOpen"]
        let shapes = scan("field-shapes", columns: columns) { row -> FieldShape in
            var shape = FieldShape(kind: row.word(FieldShape.Kind.self))
            shape.item = row.integer(orEmpty: ())
            shape.least = row.number(orEmpty: ())
            shape.most = row.number(orEmpty: ())
            shape.words = row.words().map { $0 == "%" ? "" : decoded($0) }
            shape.pattern = decoded(row.text())
            shape.isOpen = row.integer() == 1
            return shape
        }
        for shape in shapes { _ = schemas.add(shape) }
        let fields = scan("fields", columns: ["shape", "name", "of", "required", "since"]) { row in
            let owner = row.integer()
            let name = decoded(row.text())
            return (
                owner,
                FieldShape.Field(name: name, shape: row.integer(), isRequired: row.integer() == 1, since: row.text())
            )
        }
        for (owner, field) in fields { schemas.add(field, to: owner) }
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
