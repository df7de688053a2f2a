import YAML

extension ManifestWriter {
    /// Writes a value of any origin: that of a patched object, or of a file.
    @discardableResult
    mutating func write(_ value: ManifestValue, _ position: Position, column: Int) -> Outcome {
        switch value.storage {
        case .template(let node, let scope), .text(_, let node, let scope):
            return write(node, scope, position, column: column)
        case .fact(let fact, let node): return write(fact, of: node, position, column: column)
        case .node(let node):
            if node.scalar == nil { return writeMembers(of: value, position, column: column) }
            let start = begin(position)
            appendLeaf(node, to: &bytes, indent: column)
            end(start, .literal(node.range))
        case .list, .mapping: return writeMembers(of: value, position, column: column)
        }
        return .written
    }

    private mutating func writeMembers(of value: ManifestValue, _ position: Position, column: Int) -> Outcome {
        if value.isEmpty { return writeEmpty(value.kind == .list ? "[]" : "{}", position) }
        var isFirst = true
        let indent = position == .key ? column : column + 2
        for item in value.items ?? [] {
            step(position, indent, isFirst)
            bytes += "- ".utf8
            write(item, .dash, column: indent)
            isFirst = false
        }
        for entry in value.entries ?? [] {
            step(position, column + 2, isFirst)
            let start = bytes.count
            appendKey(entry.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            ledger?.note(.literal(entry.keyPlace), from: start, in: bytes)
            write(entry.value, .key, column: column + 2)
            isFirst = false
        }
        return .written
    }
}
