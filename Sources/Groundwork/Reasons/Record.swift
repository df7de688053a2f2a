/// A type of record as templates see it: its name and its facts.
///
/// One line per fact; `stowage facts`, the template checker and the renderer all use this table.
package final class RecordType: Sendable {
    package struct Entry: Sendable {
        package let name: String
        package let kind: Kind
        package let meaning: String
        /// Whether a plan may lack it: such a fact may only be inserted with `?` or under `$if`.
        package let optional: Bool

        package init(name: String, kind: Kind, meaning: String, optional: Bool) {
            (self.name, self.kind, self.meaning, self.optional) = (name, kind, meaning, optional)
        }
    }

    /// The type of a fact.
    package indirect enum Kind: Sendable {
        case string, integer, number, boolean, mapping
        case list(Kind)
        case record(RecordType)
    }

    package let name: String
    package let meaning: String
    package let entries: [Entry]
    private let indices: [String: Int]

    package init(_ name: String, _ meaning: String, _ entries: [Entry]) {
        self.name = name
        self.meaning = meaning
        self.entries = entries
        indices = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    }

    package func index(of name: String) -> Int? { indices[name] }
}

/// One subject of the plan, read lazily through its type: only what templates insert is computed.
package final class Record: Sendable {
    package let type: RecordType
    private let read: @Sendable (Int) -> Fact?

    package init(_ type: RecordType, _ read: @escaping @Sendable (Int) -> Fact?) {
        self.type = type
        self.read = read
    }

    /// The fact at an index of the type's entries, or nil if the plan has none.
    package subscript(_ index: Int) -> Fact? { read(index) }
    package subscript(_ name: String) -> Fact? { type.index(of: name).flatMap { read($0) } }
}
