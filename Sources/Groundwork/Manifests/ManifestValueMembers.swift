import Diagnostics

extension ManifestValue {
    /// The items, if this is a list.
    package var items: [ManifestValue]? {
        if case .node(let node) = storage { return node.items?.map { ManifestValue($0) } }
        guard kind == .list else { return nil }
        var values: [ManifestValue] = []
        forEachItem { values.append($0) }
        return values
    }

    /// The items of the lists under some keys, one list after the other.
    package func items(of key: String, _ others: String...) -> [ManifestValue] {
        var items = self[key]?.items ?? []
        for other in others { items += self[other]?.items ?? [] }
        return items
    }

    /// Visits the items, if this is a list.
    package func forEachItem(_ body: (ManifestValue) -> Void) {
        switch storage {
        case .template(let node, let scope):
            guard case .sequence(let items) = node.content else { return }
            for item in items {
                item.forEach(scope) { value in
                    body(value)
                    return true
                }
            }
        case .text: return
        case .fact(let fact, let node):
            guard case .list(let facts) = fact.value else { return }
            for fact in facts { body(ManifestValue(fact, placedBy: node)) }
        case .node(let node):
            for item in node.items ?? [] { body(ManifestValue(item)) }
        case .list(let items, _): for item in items { body(item) }
        case .mapping: return
        }
    }

    /// The entries in their order, if this is a mapping.
    package var entries: [Entry]? {
        guard kind == .mapping else { return nil }
        var entries: [Entry] = []
        entries.reserveCapacity(8)
        forEachEntry { key, range, value in
            entries.append(Entry(key, range, value()))
            return true
        }
        return entries
    }

    /// The value under a key, if this is a mapping that has it.
    package subscript(_ key: String) -> ManifestValue? {
        if case .node(let node) = storage { return node[key].map { ManifestValue($0) } }
        guard case .template(let node, let scope) = storage, case .mapping(let entries) = node.content else {
            return visited(key)
        }
        // The usual case, for which no closures are made: the key is literal, and has no condition.
        for entry in entries {
            guard let name = entry.name else { return visited(key) }
            if name != key { continue }
            if entry.gate != nil || entry.dropsWhenEmpty { return visited(key) }
            if let value = ManifestValue(entry.value, in: scope) { return value }
        }
        return nil
    }

    /// The value under a key, found by a visit.
    private func visited(_ key: String) -> ManifestValue? {
        var result: ManifestValue?
        forEachEntry(only: key) { found, _, value in
            guard found == key else { return true }
            result = value()
            return false
        }
        return result
    }

    /// The value at the end of a path of keys.
    package func at(_ keys: String...) -> ManifestValue? {
        var value = self
        for key in keys {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value
    }

    /// Whether this is a list or a mapping with nothing in it.
    package var isEmpty: Bool {
        switch kind {
        case .list: return items?.isEmpty ?? true
        case .mapping:
            var isEmpty = true
            forEachEntry { _, _, _ in
                isEmpty = false
                return false
            }
            return isEmpty
        case .null, .boolean, .integer, .number, .string: return false
        }
    }

    /// Visits the entries until the body gives false; with `only`, literal keys of another name are skipped.
    package func forEachEntry(only key: String? = nil, _ body: (String, SourceRange, () -> ManifestValue) -> Bool) {
        switch storage {
        case .template(let node, let scope):
            guard case .mapping(let entries) = node.content else { return }
            var goesOn = true
            for entry in entries where goesOn {
                if let key, let name = entry.name, name != key { continue }
                entry.forEach(scope) { name, value in
                    goesOn = body(name, entry.key.range) { value }
                    return goesOn
                }
            }
        case .text: return
        case .fact(let fact, let node):
            for (name, member) in fact.value.pairs ?? [] {
                guard body(name, node.range, { ManifestValue(member, placedBy: node) }) else { return }
            }
        case .node(let node):
            guard let entries = node.entries else { return }
            // By index, because a copy of each entry would cost more than the visit.
            for index in entries.indices {
                guard body(entries[index].key, entries[index].keyRange, { ManifestValue(entries[index].value) }) else {
                    return
                }
            }
        case .list: return
        case .mapping(let entries, _):
            for entry in entries { guard body(entry.key, entry.keyPlace, { entry.value }) else { return } }
        }
    }
}

extension TemplateNode.Item {
    /// Visits each value of the item; false from the body ends the visit.
    func forEach(_ scope: Scope, _ body: (ManifestValue) -> Bool) {
        guard let gate else {
            if let value = ManifestValue(value, in: scope) { _ = body(value) }
            return
        }
        gate.forEach(scope) { inner in ManifestValue(value, in: inner).map(body) ?? true }
    }
}

extension TemplateNode.Entry {
    /// Visits each key and value of the entry; false from the body ends the visit.
    func forEach(_ scope: Scope, _ body: (String, ManifestValue) -> Bool) {
        guard let gate else {
            _ = visit(scope, body)
            return
        }
        gate.forEach(scope) { visit($0, body) }
    }

    private func visit(_ scope: Scope, _ body: (String, ManifestValue) -> Bool) -> Bool {
        guard let name = key.filled(in: scope), let value = ManifestValue(value, in: scope),
            !(dropsWhenEmpty && value.isEmpty)
        else {
            return true
        }
        return body(name, value)
    }
}

extension TemplateNode.Key {
    /// The key, or nil where the plan lacks a fact of it.
    func filled(in scope: Scope) -> String? {
        switch content {
        case .literal(let text, _): text
        case .text(let text): text.filled(in: scope)
        }
    }
}

extension FactValue {
    /// The keys and facts of a mapping or record.
    var pairs: [(key: String, fact: Fact)]? {
        switch self {
        case .mapping(let pairs): pairs
        case .record(let record):
            record.type.entries.indices.compactMap { index in
                record[index].map { (record.type.entries[index].name, $0) }
            }
        case .string, .integer, .number, .boolean, .list: nil
        }
    }
}
