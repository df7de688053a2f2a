import YAML

/// What a message is about; put into words only when there is a message.
enum FieldSubject: Sendable, CustomStringConvertible {
    case document
    /// The value of a key.
    case key(String)
    /// A value in the list under a key.
    case item(of: String)
    /// A free key in the mapping under a key.
    case name(in: String)
    /// A mapping in the list under a key, with its place there.
    case element(Node, of: String, Int)

    var description: String {
        switch self {
        case .document: "the document"
        case .key(let key): "`\(key)`"
        case .item(let key): "an item of `\(key)`"
        case .name(let key): "a key of `\(key)`"
        case .element(let node, let key, let index):
            if let name = node["name"]?.scalar?.text ?? node["id"]?.scalar?.text, !name.isEmpty {
                "`\(name)`"
            } else {
                "`\(key)[\(index)]`"
            }
        }
    }
}
