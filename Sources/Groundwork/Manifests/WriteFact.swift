import YAML

extension ManifestWriter {
    /// Writes a whole fact, according to its type.
    mutating func write(_ fact: Fact, of node: TemplateNode, _ position: Position, column: Int) -> Outcome {
        switch fact.value {
        case .list(let facts):
            if facts.isEmpty { return writeEmpty("[]", position) }
            let indent = position == .key ? column : column + 2
            for (index, fact) in facts.enumerated() {
                step(position, indent, index == 0)
                bytes += "- ".utf8
                _ = write(fact, of: node, .dash, column: indent)
            }
            return .written
        case .mapping(let pairs): return write(pairs, of: node, position, column: column)
        case .record: return write(fact.value.pairs ?? [], of: node, position, column: column)
        case .string(let text):
            let start = begin(position)
            appendScalar(text, to: &bytes, indent: column)
            end(start, .placeholder(node, fact))
        case .integer(let number):
            let start = begin(position)
            appendScalar(number, to: &bytes)
            end(start, .placeholder(node, fact))
        case .number(let number):
            let start = begin(position)
            appendScalar(number, to: &bytes)
            end(start, .placeholder(node, fact))
        case .boolean(let flag):
            let start = begin(position)
            appendScalar(flag, to: &bytes)
            end(start, .placeholder(node, fact))
        }
        return .written
    }

    private mutating func write(
        _ pairs: [(key: String, fact: Fact)], of node: TemplateNode, _ position: Position, column: Int
    ) -> Outcome {
        if pairs.isEmpty { return writeEmpty("{}", position) }
        for (index, (key, fact)) in pairs.enumerated() {
            step(position, column + 2, index == 0)
            let start = bytes.count
            appendKey(key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            ledger?.note(.literal(node.range), from: start, in: bytes)
            _ = write(fact, of: node, .key, column: column + 2)
        }
        return .written
    }
}
