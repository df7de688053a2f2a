import Groundwork

/// Every record type that templates see, with its facts: the output of `stowage facts`.
package func factsReference() -> String {
    var seen: Set<String> = []
    var pending = [planFacts.type, treeFacts.type]
    var text = ""
    while !pending.isEmpty {
        let type = pending.removeFirst()
        guard seen.insert(type.name).inserted else { continue }
        text += "\(text.isEmpty ? "" : "\n")\(type.name): \(type.meaning)\n"
        let width = type.entries.map(\.name.count).max() ?? 0
        for entry in type.entries {
            let name = entry.name + String(repeating: " ", count: width - entry.name.count)
            text += "  \(name)  \(entry.kind.shortWords)\(entry.optional ? "?" : "")  \(entry.meaning)\n"
            if let next = entry.kind.type { pending.append(next) }
        }
    }
    return text
}

extension RecordType.Kind {
    /// The type in a word or two.
    fileprivate var shortWords: String {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .mapping: "mapping"
        case .list(let kind): "list of \(kind.shortWords)"
        case .record(let type): type.name
        }
    }

    /// The record type that it leads to.
    fileprivate var type: RecordType? {
        switch self {
        case .record(let type): type
        case .list(let kind): kind.type
        case .string, .integer, .number, .boolean, .mapping: nil
        }
    }
}
