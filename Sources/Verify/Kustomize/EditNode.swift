import Diagnostics
import Groundwork
import YAML

extension ManifestValue {
    /// The node, if it comes from a file.
    var node: Node? { if case .node(let node) = storage { node } else { nil } }
}

extension Node {
    /// The text of a scalar; nil for null, lists and mappings.
    var text: String? { scalar.flatMap { $0.meaning == .null ? nil : $0.text } }

    /// An empty mapping.
    static func emptyMapping(_ place: SourceRange) -> Node { Node(.mapping([]), place) }

    /// The same mapping with another value for a key, which is added at the end if it is missing.
    func with(_ key: String, _ keyPlace: SourceRange, _ value: Node) -> Node {
        var entries = entries ?? []
        let entry = Entry(key, keyPlace, value)
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
        return Node(.mapping(entries), range)
    }

    /// The same mapping without a key.
    func without(_ key: String) -> Node {
        guard let entries, entries.contains(where: { $0.key == key }) else { return self }
        return Node(.mapping(entries.filter { $0.key != key }), range)
    }

    /// A string in the place of this scalar.
    func saying(_ text: String) -> Node {
        Node(.scalar(Scalar(text, Meaning(plain: text) == .string ? .plain : .doubleQuoted)), range)
    }

    /// Rewrites the value at a path, in every item of the lists along it.
    ///
    /// A missing value is created if a place is given for it, and otherwise left out; the body gets nil for it.
    func editing(
        _ path: ArraySlice<String>, creatingAt place: SourceRange?, _ body: (Node?) -> Node?
    ) -> Node {
        switch content {
        case .sequence(let items) where !path.isEmpty:
            return Node(.sequence(items.map { $0.editing(path, creatingAt: place, body) }), range)
        case .mapping(let entries):
            guard let key = path.first else { return body(self) ?? self }
            let rest = path.dropFirst()
            let entry = entries.first { $0.key == key }
            if let entry, !entry.value.isNull {
                return with(key, entry.keyRange, entry.value.editing(rest, creatingAt: place, body))
            }
            guard let place else { return self }
            let made = rest.isEmpty ? body(nil) : Node.emptyMapping(place).editing(rest, creatingAt: place, body)
            return made.map { with(key, entry?.keyRange ?? place, $0) } ?? self
        case .scalar, .sequence:
            return path.isEmpty ? body(self) ?? self : self
        }
    }

    /// Tells whether two values are equal, regardless of the order of keys.
    func isEqual(to other: Node) -> Bool {
        switch (content, other.content) {
        case (.scalar(let left), .scalar(let right)):
            left.meaning == right.meaning && (left.meaning != .string || left.text == right.text)
        case (.sequence(let left), .sequence(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
        case (.mapping(let left), .mapping(let right)):
            left.count == right.count
                && left.allSatisfy { entry in other[entry.key].map { entry.value.isEqual(to: $0) } ?? false }
        default: false
        }
    }
}
