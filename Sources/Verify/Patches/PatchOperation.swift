import Diagnostics
import YAML

/// One operation of a JSON patch, RFC 6902, as kustomize applies it.
///
/// Its library (json-patch 4) is more tolerant than the RFC: indices may be negative, `replace` creates a missing key, and a missing key is
/// null for `copy` and `test`.
package struct PatchOperation: Sendable {
    package enum Kind: String, Sendable { case add, remove, replace, move, copy, test }

    package let kind: Kind
    private let path: [String]
    private let from: [String]
    private let value: Node?
    /// Where its path is written.
    let place: SourceRange

    /// Reads an operation; nil if it is invalid.
    package init?(_ node: Node) {
        guard let kind = node["op"]?.text, let path = node["path"], let text = path.text else { return nil }
        self.init(kind, path: text, from: node["from"]?.text, value: node["value"], at: path.range)
    }

    /// Makes an operation; nil if it lacks what its kind needs, or a pointer is invalid.
    package init?(_ kind: String, path: String, from: String?, value: Node?, at place: SourceRange) {
        guard let kind = Kind(rawValue: kind), let steps = pointer(path) else { return nil }
        let origin = from.flatMap(pointer)
        let needsValue = [Kind.add, .replace, .test].contains(kind)
        if needsValue && value == nil || [Kind.move, .copy].contains(kind) && origin == nil { return nil }
        self.kind = kind
        self.path = steps
        self.from = origin ?? []
        self.value = value
        self.place = place
    }

    /// Applies the operation; nil if it fails.
    package func applied<Tree: PatchableTree>(to root: Tree) -> Tree? {
        switch kind {
        case .add: return value.flatMap { root.adding(Tree($0), path[...], place) }
        case .remove: return root.removing(path[...], place)
        case .replace: return value.flatMap { root.replacing(path[...], with: Tree($0), place) }
        case .move:
            guard let moved = root.value(at: from[...]) else { return nil }
            return root.removing(from[...], place)?.adding(moved, path[...], place)
        case .copy: return root.value(at: from[...], orNullAt: place).flatMap { root.adding($0, path[...], place) }
        case .test:
            guard let value, let found = root.value(at: path[...], orNullAt: place) else { return nil }
            return found.isEqual(to: value) ? root : nil
        }
    }

    /// The first step of its pointers that an object lacks, though the RFC requires it; nil if there is none.
    package func missingStep(in root: some PatchableTree) -> MissingStep? {
        let origin = [Kind.move, .copy].contains(kind) ? root.missingStep(on: from[...], mayEndHere: false) : nil
        if var origin {
            origin.isOrigin = true
            return origin
        }
        return root.missingStep(on: path[...], mayEndHere: [Kind.add, .move, .copy].contains(kind))
    }
}

/// A step of a pointer that a value does not have.
package struct MissingStep: Sendable {
    package let step: String
    /// The pointer to that value; empty for the whole object.
    package fileprivate(set) var above = ""
    /// The keys of the value, if it is a mapping.
    package let keys: [String]?
    /// The number of its items, if it is a list.
    package let count: Int?
    /// Whether the pointer is `from`.
    package fileprivate(set) var isOrigin = false
}

/// Splits a JSON pointer; nil if it is invalid or points to the whole document.
private func pointer(_ text: String) -> [String]? {
    guard text.first == "/" else { return nil }
    return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
        String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
}

extension PatchableTree {
    /// The value that a pointer refers to; for a missing key of a mapping null, if a place is given for it.
    fileprivate func value(at path: ArraySlice<String>, orNullAt place: SourceRange? = nil) -> Self? {
        guard let step = path.first else { return self }
        let inner = items.map { items in index(step, of: items.count).map { items[$0] } } ?? self[step]
        guard let inner else {
            guard let place, entries != nil, path.count == 1 else { return nil }
            return Self(Node(.scalar(.init("")), place))
        }
        return inner.value(at: path.dropFirst(), orNullAt: place)
    }

    fileprivate func adding(_ value: Self, _ path: ArraySlice<String>, _ place: SourceRange) -> Self? {
        changing(path) { holder, step in
            if var items = holder.items {
                guard let index = step == "-" ? items.count : index(step, of: items.count + 1) else { return nil }
                items.insert(value, at: index)
                return Self(items, at: holder.place)
            }
            return holder.entries == nil ? nil : holder.with(step, place, value)
        }
    }

    fileprivate func removing(_ path: ArraySlice<String>, _ place: SourceRange) -> Self? {
        changing(path) { holder, step in
            if var items = holder.items {
                guard let index = index(step, of: items.count) else { return nil }
                items.remove(at: index)
                return Self(items, at: holder.place)
            }
            return holder[step] == nil ? nil : holder.without(step, removedAt: place)
        }
    }

    fileprivate func replacing(_ path: ArraySlice<String>, with value: Self, _ place: SourceRange) -> Self? {
        changing(path) { holder, step in
            if var items = holder.items {
                guard let index = index(step, of: items.count) else { return nil }
                items[index] = value
                return Self(items, at: holder.place)
            }
            guard let entries = holder.entries else { return nil }
            return holder.with(step, entries.first { $0.key == step }?.keyPlace ?? place, value)
        }
    }

    /// Changes the list or mapping that contains the target of a pointer; nil if there is none or the body returns nil.
    private func changing(_ path: ArraySlice<String>, _ body: (Self, String) -> Self?) -> Self? {
        guard let step = path.first else { return nil }
        let rest = path.dropFirst()
        if rest.isEmpty { return body(self, step) }
        if var items {
            guard let index = index(step, of: items.count), let inner = items[index].changing(rest, body) else {
                return nil
            }
            items[index] = inner
            return Self(items, at: place)
        }
        guard let entry = entries?.first(where: { $0.key == step }), let inner = entry.value.changing(rest, body) else {
            return nil
        }
        return with(step, entry.keyPlace, inner)
    }

    /// The first step of a pointer that is missing; with `mayEndHere` its last may be a new key or item.
    fileprivate func missingStep(on path: ArraySlice<String>, mayEndHere: Bool) -> MissingStep? {
        guard let step = path.first else { return nil }
        let rest = path.dropFirst()
        let isNew = mayEndHere && rest.isEmpty
        let missing = MissingStep(step: step, keys: entries?.map(\.key), count: items?.count)
        if let items {
            if isNew { return step == "-" || index(step, of: items.count + 1) != nil ? nil : missing }
            guard let index = index(step, of: items.count) else { return missing }
            return items[index].missingStep(on: rest, mayEndHere: mayEndHere)?.below(step)
        }
        if isNew { return entries == nil ? missing : nil }
        guard let inner = self[step] else { return missing }
        return inner.missingStep(on: rest, mayEndHere: mayEndHere)?.below(step)
    }
}

extension MissingStep {
    /// The same step, seen from the value above.
    fileprivate func below(_ step: String) -> MissingStep {
        var result = self
        result.above = "/" + step.replacing("~", with: "~0").replacing("/", with: "~1") + above
        return result
    }
}

/// The index that a step of a pointer stands for in a list of so many items; negative ones count from the end.
private func index(_ step: String, of count: Int) -> Int? {
    guard let number = Int(step) else { return nil }
    let index = number < 0 ? number + count : number
    return (0..<count).contains(index) ? index : nil
}
