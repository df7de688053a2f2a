import Diagnostics
import YAML

/// One operation of a JSON patch, RFC 6902.
struct PatchOperation: Sendable {
    private enum Kind: String { case add, remove, replace, move, copy, test }

    private let kind: Kind
    private let path: [String]
    private let from: [String]
    private let value: Node?
    /// Where its path is written.
    let place: SourceRange

    /// Reads an operation; nil if it is invalid.
    init?(_ node: Node) {
        guard let kind = node["op"]?.text.flatMap(Kind.init(rawValue:)), let path = node["path"],
            let steps = path.text.flatMap(pointer)
        else { return nil }
        let from = node["from"]?.text.flatMap(pointer)
        let needsValue = [Kind.add, .replace, .test].contains(kind)
        if needsValue && node["value"] == nil || [Kind.move, .copy].contains(kind) && from == nil { return nil }
        self.kind = kind
        self.path = steps
        self.from = from ?? []
        value = node["value"]
        place = path.range
    }

    /// Applies the operation; nil if it fails.
    func applied(to root: Node) -> Node? {
        switch kind {
        case .add: return value.flatMap { root.adding($0, path[...], place) }
        case .remove: return root.removing(path[...])
        case .replace: return value.flatMap { root.replacing(path[...], with: $0, place) }
        case .move:
            guard let moved = root.value(at: from[...]) else { return nil }
            return root.removing(from[...])?.adding(moved, path[...], place)
        case .copy: return root.value(at: from[...]).flatMap { root.adding($0, path[...], place) }
        case .test:
            guard let value, let found = root.value(at: path[...]), found.isEqual(to: value) else { return nil }
            return root
        }
    }
}

/// Splits a JSON pointer; nil if it is invalid or points to the whole document.
private func pointer(_ text: String) -> [String]? {
    guard text.first == "/" else { return nil }
    return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
        String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
}

extension Node {
    /// The value that a pointer refers to.
    fileprivate func value(at path: ArraySlice<String>) -> Node? {
        guard let step = path.first else { return self }
        let inner = items.map { items in index(step, below: items.count).map { items[$0] } } ?? self[step]
        return inner?.value(at: path.dropFirst())
    }

    fileprivate func adding(_ value: Node, _ path: ArraySlice<String>, _ place: SourceRange) -> Node? {
        changing(path) { holder, step in
            if var items = holder.items {
                guard let index = step == "-" ? items.count : index(step, below: items.count + 1) else { return nil }
                items.insert(value, at: index)
                return Node(.sequence(items), holder.range)
            }
            return holder.entries == nil ? nil : holder.with(step, place, value)
        }
    }

    fileprivate func removing(_ path: ArraySlice<String>) -> Node? {
        changing(path) { holder, step in
            if var items = holder.items {
                guard let index = index(step, below: items.count) else { return nil }
                items.remove(at: index)
                return Node(.sequence(items), holder.range)
            }
            return holder[step] == nil ? nil : holder.without(step)
        }
    }

    fileprivate func replacing(_ path: ArraySlice<String>, with value: Node, _ place: SourceRange) -> Node? {
        changing(path) { holder, step in
            if var items = holder.items {
                guard let index = index(step, below: items.count) else { return nil }
                items[index] = value
                return Node(.sequence(items), holder.range)
            }
            return holder[step] == nil ? nil : holder.with(step, place, value)
        }
    }

    /// Changes the list or mapping that contains the target of a pointer; nil if there is none or the body returns nil.
    private func changing(_ path: ArraySlice<String>, _ body: (Node, String) -> Node?) -> Node? {
        guard let step = path.first else { return nil }
        let rest = path.dropFirst()
        if rest.isEmpty { return body(self, step) }
        if var items {
            guard let index = index(step, below: items.count), let inner = items[index].changing(rest, body) else {
                return nil
            }
            items[index] = inner
            return Node(.sequence(items), range)
        }
        guard let entry = entries?.first(where: { $0.key == step }), let inner = entry.value.changing(rest, body) else {
            return nil
        }
        return with(step, entry.keyRange, inner)
    }
}

/// The index in a step of a pointer, if it is valid and below a bound.
private func index(_ step: String, below bound: Int) -> Int? {
    guard step == "0" || step.first != "0", let index = Int(step), index >= 0, index < bound else { return nil }
    return index
}
