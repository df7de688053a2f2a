/// The values of a template's variables at one place: the innermost variable, and the scope around it.
package final class Scope: Sendable {
    let fact: Fact
    let outer: Scope?

    init(_ fact: Fact, in outer: Scope? = nil) {
        self.fact = fact
        self.outer = outer
    }

    /// The outermost scope of every template, in which `plan` is the only variable.
    package convenience init(plan: Record) { self.init(Fact(.record(plan), .convention(plan.type.meaning))) }
}

extension RecordType {
    /// What a `$for` over a free mapping gives for each of its entries.
    static let mappingEntry = RecordType(
        "mapping entry", "one entry of a mapping",
        [
            Entry(name: "key", kind: .string, meaning: "the entry's key", optional: false),
            Entry(name: "value", kind: .string, meaning: "the entry's value", optional: false),
        ])
}

extension Fact {
    /// The facts that a loop over this one visits: the items of a list, the entries of a mapping.
    var members: [Fact] {
        switch value {
        case .list(let facts): facts
        case .mapping(let pairs): pairs.map { pair in pair.fact.entry(key: pair.key) }
        case .string, .integer, .number, .boolean, .record: []
        }
    }

    /// Whether `$if` keeps what it guards: false, an empty list and an empty mapping do not.
    var holds: Bool {
        switch value {
        case .boolean(let flag): flag
        case .list(let facts): !facts.isEmpty
        case .mapping(let pairs): !pairs.isEmpty
        case .string, .integer, .number, .record: true
        }
    }

    private func entry(key: String) -> Fact {
        let record = Record(.mappingEntry) { $0 == 0 ? Fact(.string(key), origin) : self }
        return Fact(.record(record), origin)
    }
}
