import Diagnostics
import YAML

/// Changes every value that a path selects.
struct FieldEditor {
    enum Outcome: Sendable { case done, missing, insideText }

    /// The value for missing fields; nil if they are not created.
    private let created: Node?
    private var count = 0
    private var isBroken = false
    private var isInsideText = false

    init(created: Node?) { self.created = created }

    /// The result of the edit.
    var outcome: Outcome { isInsideText ? .insideText : isBroken || count == 0 ? .missing : .done }

    /// Returns a value in which the body has changed what a path selects; the body is told whether that was created.
    mutating func edit(
        _ node: Node, _ path: ArraySlice<FieldPath.Step>, isMade: Bool = false, _ body: (Node, Bool) -> Node?
    ) -> Node {
        guard let step = path.first else { return change(node, isMade, body) }
        let rest = path.dropFirst()
        switch step {
        case .field(let name): return editField(name, of: node, rest, body)
        case .index(let index):
            guard var items = node.items else { return fail(node) }
            let isNew = index == items.count && created != nil
            if isNew { items.append(made(for: rest, at: node.range)) }
            guard items.indices.contains(index) else { return fail(node) }
            items[index] = edit(items[index], rest, isMade: isNew, body)
            return Node(.sequence(items), node.range)
        case .every:
            guard let items = node.items else { return fail(node) }
            return Node(.sequence(items.map { edit($0, rest, body) }), node.range)
        case .items(let key, let value):
            guard var items = node.items else { return fail(node) }
            let before = count
            for index in items.indices where matches(items[index], key, value) {
                items[index] = edit(items[index], rest, body)
            }
            if count == before, let created, !isBroken {
                let scalar = Node(.scalar(.init(value)), created.range)
                let item = key.isEmpty ? scalar : Node.emptyMapping(created.range).with(key, created.range, scalar)
                items.append(edit(item, rest, isMade: true, body))
            }
            return Node(.sequence(items), node.range)
        }
    }

    private mutating func editField(
        _ name: String, of node: Node, _ rest: ArraySlice<FieldPath.Step>, _ body: (Node, Bool) -> Node?
    ) -> Node {
        guard let entries = node.entries else {
            if node.scalar?.meaning == .string { isInsideText = true }
            return fail(node)
        }
        if let entry = entries.first(where: { $0.key == name }) {
            return node.with(name, entry.keyRange, edit(entry.value, rest, body))
        }
        guard let created else { return node }
        let inner = edit(made(for: rest, at: created.range), rest, isMade: true, body)
        return node.with(name, created.range, inner)
    }

    private mutating func change(_ node: Node, _ isMade: Bool, _ body: (Node, Bool) -> Node?) -> Node {
        guard let changed = body(node, isMade) else { return fail(node) }
        count += 1
        return changed
    }

    private mutating func fail(_ node: Node) -> Node {
        isBroken = true
        return node
    }

    /// A missing value before the rest of the path is added.
    private func made(for rest: ArraySlice<FieldPath.Step>, at place: SourceRange) -> Node {
        guard let next = rest.first else {
            return created?.scalar == nil ? .emptyMapping(place) : Node(.scalar(.init("", .doubleQuoted)), place)
        }
        return next.isOfList ? Node(.sequence([]), place) : .emptyMapping(place)
    }

    /// Tells whether a pattern is found in an item, or in the value of its key.
    private func matches(_ item: Node, _ key: String, _ pattern: String) -> Bool {
        guard let text = (key.isEmpty ? item : item[key])?.scalar?.text else { return false }
        if text == pattern { return true }
        return (try? Regex(pattern)).flatMap { try? $0.firstMatch(in: text) } != nil
    }
}
