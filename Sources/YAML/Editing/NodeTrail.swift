import Diagnostics

/// A mapping or list, and which of its entries or items is meant.
struct TrailStep {
    let collection: Node
    let index: Int

    /// Where the entry or item begins.
    var start: Int { collection.entries?[index].keyRange.start ?? value.range.start }
    /// What the entry or item holds.
    var value: Node { collection.entries?[index].value ?? collection.items?[index] ?? collection }
    /// How many entries or items there are.
    var count: Int { collection.entries?.count ?? collection.items?.count ?? 0 }

    /// The entry or item before or after this one.
    func neighbor(_ distance: Int) -> TrailStep? {
        (0..<count).contains(index + distance) ? TrailStep(collection: collection, index: index + distance) : nil
    }
}

extension Node {
    /// Finds the way to an entry or item from here, outermost first; what is behind an alias is not found.
    func trail(to anchor: NodeChange.Anchor) -> [TrailStep]? {
        let place = anchor.range.start
        for index in 0..<(entries?.count ?? items?.count ?? 0) {
            let step = TrailStep(collection: self, index: index)
            let value = step.value.range
            let isMeant = if case .key = anchor { entries != nil && step.start == place } else { value.start == place }
            if isMeant, range.start <= step.start, value.end <= range.end { return [step] }
            guard value.start <= place, place <= value.end, let rest = step.value.trail(to: anchor) else { continue }
            return [step] + rest
        }
        return nil
    }

    /// Whether a collection is written in brackets.
    var isFlow: Bool {
        guard range.file.bytes.indices.contains(range.start) else { return false }
        return [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(range.file.bytes[range.start])
    }
}
