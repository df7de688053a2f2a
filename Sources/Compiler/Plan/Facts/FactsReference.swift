/// Every noun that templates see, with its facts: what `stowage facts` prints.
package func factsReference() -> String {
    var seen: Set<String> = []
    var pending = [planFacts.noun, treeFacts.noun]
    var text = ""
    while !pending.isEmpty {
        let noun = pending.removeFirst()
        guard seen.insert(noun.name).inserted else { continue }
        text += "\(text.isEmpty ? "" : "\n")\(noun.name): \(noun.meaning)\n"
        let width = noun.entries.map(\.name.count).max() ?? 0
        for entry in noun.entries {
            let name = entry.name + String(repeating: " ", count: width - entry.name.count)
            text += "  \(name)  \(entry.kind.shortWords)\(entry.optional ? "?" : "")  \(entry.meaning)\n"
            if let next = entry.kind.noun { pending.append(next) }
        }
    }
    return text
}

extension Noun.Kind {
    /// The type in a word or two.
    fileprivate var shortWords: String {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .mapping: "mapping"
        case .list(let kind): "list of \(kind.shortWords)"
        case .record(let noun): noun.name
        }
    }

    /// The noun that it leads to.
    fileprivate var noun: Noun? {
        switch self {
        case .record(let noun): noun
        case .list(let kind): kind.noun
        case .string, .integer, .number, .boolean, .mapping: nil
        }
    }
}
