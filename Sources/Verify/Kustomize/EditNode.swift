import Diagnostics
import Groundwork
import YAML

extension ManifestValue {
    /// The node, if it comes from a file.
    var node: Node? { if case .node(let node) = storage { node } else { nil } }
}

extension Node {
    /// An empty mapping.
    static func emptyMapping(_ place: SourceRange) -> Node { Node(.mapping([]), place) }

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
            guard let step = path.first else { return body(self) ?? self }
            let isList = step.hasSuffix("[]")
            let key = isList ? String(step.dropLast(2)) : step
            let rest = path.dropFirst()
            let entry = entries.first { $0.key == key }
            if let entry, !entry.value.isNull {
                return with(key, entry.keyRange, entry.value.editing(rest, creatingAt: place, body))
            }
            // Like kustomize, which knows no item to add to a list that is missing.
            guard let place, !isList else { return self }
            let made = rest.isEmpty ? body(nil) : Node.emptyMapping(place).editing(rest, creatingAt: place, body)
            return made.map { with(key, entry?.keyRange ?? place, $0) } ?? self
        case .scalar, .sequence:
            return path.isEmpty ? body(self) ?? self : self
        }
    }
}
