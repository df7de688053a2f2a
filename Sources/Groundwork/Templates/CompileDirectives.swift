import Diagnostics
import YAML

/// The keys that are directives instead of being written.
private let directives = ["$for", "$if", "$unless", "$value", "$json", "$yaml"]

extension TemplateChecker {
    /// Whether a key is a directive: it starts with `$`, and neither with `$$` nor with a placeholder.
    func isDirective(_ key: String) -> Bool { key.hasPrefix("$") && !key.hasPrefix("$$") && !key.hasPrefix("${") }

    /// Compiles a node that an item or entry holds: first the directives that repeat or drop it, then the value.
    ///
    /// What they bring into scope stays until the caller's `scoped` ends.
    mutating func compileGated(_ node: Node) -> (TemplateNode.Gate?, TemplateNode) {
        guard let entries = node.entries, entries.contains(where: { isDirective($0.key) }) else {
            return (nil, compileNode(node))
        }
        let isWhole = entries.contains { ["$value", "$json", "$yaml"].contains($0.key) }
        for entry in entries where isDirective(entry.key) && !directives.contains(entry.key) {
            unknownDirective(entry, besideValue: isWhole)
        }
        let loop = node["$for"].flatMap { compileLoop($0) }
        var conditions: [TemplateNode.Condition] = []
        for entry in entries where entry.key == "$if" || entry.key == "$unless" {
            conditions += compileConditions(entry.value, expected: entry.key == "$if")
        }
        let gate = loop == nil && conditions.isEmpty ? nil : TemplateNode.Gate(loop: loop, conditions: conditions)
        return (gate, compileGatedValue(entries, node.range))
    }

    /// Compiles a loop, `variable in path`, and brings its variable into scope.
    mutating func compileLoop(_ node: Node) -> FactPath? {
        let text = node.scalar?.text ?? ""
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[1] == "in",
            let path = WrittenPath(
                String(words[2]), start: node.textStart.map { $0 + text.utf8.count - words[2].utf8.count },
                within: node.range)
        else {
            error(
                "malformed-loop", "`\(text)` is not a loop", at: node.range,
                label: "must be of the form `name in path.to.list`")
            variables.append(Variable(words.first.map(String.init) ?? text, nil))
            return nil
        }
        let name = String(words[0])
        if variables.contains(where: { $0.name == name }) {
            error(
                "reused-variable", "`\(name)` is already a variable here", at: node.range, label: "must be another name"
            )
        }
        guard let resolved = resolve(path, for: .loop) else {
            variables.append(Variable(name, nil))
            return nil
        }
        assume(resolved)
        switch resolved.kind {
        case .list(let kind): variables.append(Variable(name, kind, "one of `\(resolved.text)`"))
        case .mapping: variables.append(Variable(name, .record(.mappingEntry), "one of `\(resolved.text)`"))
        case .string, .integer, .number, .boolean, .record:
            error(
                "loop-over-single-value",
                "`\(resolved.text)` is \(resolved.kind.words), but a loop requires a list or a mapping",
                at: resolved.range, label: "must be a list or a mapping")
            variables.append(Variable(name, nil))
        }
        return resolved
    }

    /// Compiles a condition: a path, or a list of paths that must all hold.
    mutating func compileConditions(_ node: Node, expected: Bool) -> [TemplateNode.Condition] {
        if let items = node.items { return items.flatMap { compileConditions($0, expected: expected) } }
        guard let text = node.scalar?.text, let path = WrittenPath(text, start: node.textStart, within: node.range)
        else {
            error(
                "malformed-condition", "`\(node.scalar?.text ?? "")` is not a dotted path to a fact", at: node.range,
                label: "must not have operators",
                help: ["use `$unless` for the opposite; comparisons belong in the plan"])
            return []
        }
        guard let resolved = resolve(path, for: .condition) else { return [] }
        if expected { assume(resolved) }
        return [TemplateNode.Condition(path: resolved, expected: expected)]
    }

    /// Compiles what is left besides the gate: `$value`, `$json`, `$yaml`, or the other keys.
    private mutating func compileGatedValue(_ entries: [Node.Entry], _ range: SourceRange) -> TemplateNode {
        let values = entries.filter { ["$value", "$json", "$yaml"].contains($0.key) }
        guard let value = values.first else { return compileMapping(entries, range) }
        for other in values.dropFirst() + entries.filter({ !isDirective($0.key) }) {
            error(
                "two-values", "`\(value.key)` is the whole value, but `\(other.key)` is next to it",
                at: other.keyRange,
                label: "one of the two must be removed")
        }
        return compileNested(value, value.value.range) ?? compileNode(value.value)
    }

    private mutating func unknownDirective(_ entry: Node.Entry, besideValue isWhole: Bool) {
        // What repeats under another name: its variable is known below, so that only the name is reported.
        let words = entry.value.scalar?.text.split(separator: " ") ?? []
        let repeats = words.count == 3 && words[1] == "in"
        if repeats { variables.append(Variable(String(words[0]), nil)) }
        let meant = repeats ? "$for" : closest(to: entry.key, among: directives)
        let similar = meant.map { Help(meaning: $0, at: entry.keyRange) }
        error(
            "unknown-directive", "templates have no directive `\(entry.key)`", at: entry.keyRange,
            label: "not a directive",
            help: (similar.map { [$0] } ?? [])
                + (isWhole
                    ? []
                    : [
                        Help(
                            "write `$\(entry.key)` for the key `\(entry.key)`", replacing: entry.keyRange,
                            by: ["$\(entry.key)"])
                    ]))
    }
}
