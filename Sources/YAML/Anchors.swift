/// The anchors of a document, and how many nodes it has with every alias expanded.
struct Anchors {
    /// What an alias refers to.
    enum Target {
        case found(Node, size: Int)
        /// The alias is inside the node that it refers to.
        case open
        case unknown([String])
    }

    /// The nodes so far, aliases expanded.
    var created = 0
    /// The nodes that came from aliases.
    var aliased = 0
    private var defined: [String: (node: Node, size: Int)] = [:]
    private var unfinished: [String] = []

    /// Notes that the node of an anchor has begun.
    mutating func open(_ name: String) { unfinished.append(name) }

    /// Remembers the finished node of an anchor and how many nodes it has.
    mutating func define(_ name: String, _ node: Node, size: Int) -> Node {
        if unfinished.last == name { unfinished.removeLast() }
        defined[name] = (node, size)
        return node
    }

    /// Finds what an alias refers to.
    func resolve(_ name: String) -> Target {
        if unfinished.contains(name) { return .open }
        if let target = defined[name] { return .found(target.node, size: target.size) }
        return .unknown(defined.keys.sorted())
    }
}

/// The mappings that a merge key takes in; nil where its value is neither one nor a list of them.
func mergeSources(_ value: Node) -> [Node]? {
    let sources = value.items ?? [value]
    return sources.allSatisfy { $0.entries != nil } ? sources : nil
}

/// The entries of mappings that a mapping does not have itself; of several of one key the first.
func merged(_ sources: [Node], besides own: [Node.Entry]) -> [Node.Entry] {
    var known = Set(own.map(\.key))
    return sources.flatMap { $0.entries ?? [] }.filter { known.insert($0.key).inserted }
}

/// The keys of one mapping, each with its place; a dictionary only where a list would be slow.
struct KeySet {
    private var places: [String: Int] = [:]
    private static let few = 12

    /// Adds a key that is about to be appended to the entries; returns the entry that has it already.
    mutating func find(_ key: String, in entries: [Node.Entry]) -> Node.Entry? {
        if entries.count < Self.few { return entries.first { $0.key == key } }
        if places.isEmpty {
            for (index, entry) in entries.enumerated() { places[entry.key] = index }
        }
        if let place = places[key] { return entries[place] }
        places[key] = entries.count
        return nil
    }
}
