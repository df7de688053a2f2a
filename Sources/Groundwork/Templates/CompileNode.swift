import Diagnostics
import YAML

extension TemplateChecker {
    /// Compiles an item of a sequence, or a whole document.
    mutating func compileItem(_ node: Node) -> TemplateNode.Item {
        scoped { checker in
            let (gate, value) = checker.compileGated(node)
            return TemplateNode.Item(gate: gate, value: value)
        }
    }

    /// Compiles an entry of a mapping; its key may use the variable of the value's `$for`.
    mutating func compileEntry(_ entry: Node.Entry) -> TemplateNode.Entry {
        scoped { checker in
            let (gate, value) = checker.compileGated(entry.value)
            let dropsWhenEmpty = entry.key.hasSuffix("?")
            if dropsWhenEmpty, !value.canBeEmpty {
                checker.error(
                    "needless-question-mark", "`\(entry.key)` is never empty, so it is never dropped",
                    at: entry.keyRange,
                    label: "not a list or mapping",
                    help: ["use `${path?}` to drop the key of an unset fact, or `$if` to drop any key"])
            }
            let name = dropsWhenEmpty ? String(entry.key.dropLast()) : entry.key
            let key = checker.compileKey(name, entry.keyRange)
            return TemplateNode.Entry(key: key, gate: gate, value: value, dropsWhenEmpty: dropsWhenEmpty)
        }
    }

    /// Compiles a node that nothing can repeat or drop: the value of `$value`, `$json` or `$yaml`.
    mutating func compileNode(_ node: Node) -> TemplateNode {
        switch node.content {
        case .scalar(let scalar): return compileScalar(node, scalar)
        case .sequence(let items):
            return TemplateNode(.sequence(items.map { compileItem($0) }), node.range)
        case .mapping(let entries):
            if let notation = entries.first, entries.count == 1, let nested = compileNested(notation, node.range) {
                return nested
            }
            for entry in entries where isDirective(entry.key) { misplaced(entry) }
            return compileMapping(entries, node.range)
        }
    }

    /// Compiles the entries that are no directives.
    mutating func compileMapping(_ entries: [Node.Entry], _ range: SourceRange) -> TemplateNode {
        TemplateNode(.mapping(entries.filter { !isDirective($0.key) }.map { compileEntry($0) }), range)
    }

    /// Compiles a document inside a string, if the entry is one.
    mutating func compileNested(_ entry: Node.Entry, _ range: SourceRange) -> TemplateNode? {
        switch entry.key {
        case "$json": TemplateNode(.document(.json, compileNode(entry.value)), range)
        case "$yaml": TemplateNode(.document(.yaml, compileNode(entry.value)), range)
        default: nil
        }
    }

    private mutating func compileKey(_ name: String, _ range: SourceRange) -> TemplateNode.Key {
        // `$$ref` writes `$ref`, while `$${` is the escape in every string.
        let isEscaped = name.hasPrefix("$$") && !name.hasPrefix("$${")
        let text = compileText(isEscaped ? String(name.dropFirst()) : name, range)
        for placeholder in text.placeholders where !placeholder.path.kind.isScalar {
            error(
                "list-in-string",
                "`\(placeholder.path.text)` is \(placeholder.path.kind.words), which cannot be in a key",
                at: placeholder.path.range, label: "a key must be a string")
        }
        return text.literal.map { TemplateNode.Key(literal: $0, range) } ?? TemplateNode.Key(text, range)
    }

    private mutating func misplaced(_ entry: Node.Entry) {
        error(
            "misplaced-directive", "`\(entry.key)` is not allowed here", at: entry.keyRange,
            label: "not in an item, a value or a document",
            help: ["move the directive to an item of a list, the value of a key, or the top of a document"])
    }
}

extension TemplateNode {
    /// Whether the value is a list or a mapping that may turn out empty.
    fileprivate var canBeEmpty: Bool {
        switch content {
        case .sequence, .mapping: true
        case .placeholder(let placeholder): !placeholder.path.kind.isScalar
        case .literal, .text, .document: false
        }
    }
}
