import Diagnostics

/// A dotted path to a fact, resolved once: how many scopes out its variable is, then which entry of each type.
package final class FactPath: Sendable {
    /// The path as written, for example `pool.gpuLimit`.
    package let text: String
    package let range: SourceRange
    /// What the type says about the fact at its end.
    let kind: RecordType.Kind
    let meaning: String
    let depth: Int
    let indices: [Int]

    init(_ text: String, _ range: SourceRange, kind: RecordType.Kind, meaning: String, depth: Int, indices: [Int]) {
        self.text = text
        self.range = range
        self.kind = kind
        self.meaning = meaning
        self.depth = depth
        self.indices = indices
    }

    /// Reads the fact, or nil where the plan has none.
    func fact(in scope: Scope) -> Fact? {
        var place = scope
        for _ in 0..<depth {
            guard let outer = place.outer else { return nil }
            place = outer
        }
        var fact = place.fact
        for index in indices {
            guard case .record(let record) = fact.value, let next = record[index] else { return nil }
            fact = next
        }
        return fact
    }
}

extension RecordType.Kind {
    /// Whether a fact of this kind can be part of a string.
    var isScalar: Bool {
        switch self {
        case .string, .integer, .number, .boolean: true
        case .mapping, .list, .record: false
        }
    }

    /// The kind in words, with its article.
    var words: String {
        switch self {
        case .string: "a string"
        case .integer, .number: "a number"
        case .boolean: "a boolean"
        case .mapping: "a mapping"
        case .list: "a list"
        case .record(let type): type.name.withArticle
        }
    }
}
