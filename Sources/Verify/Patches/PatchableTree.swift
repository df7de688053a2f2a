import Diagnostics
import Groundwork
import YAML

/// Values that patches change: those of a file, or those of a rendered manifest, which keep their facts.
///
/// What a patch does not touch stays what it is; only the lists and mappings around a change are made anew.
package protocol PatchableTree: Sendable {
    associatedtype Entry: PatchableEntry where Entry.Value == Self

    /// A value of a patch.
    init(_ node: Node)
    init(_ items: [Self], at place: SourceRange)
    init(_ entries: [Entry], at place: SourceRange)

    var items: [Self]? { get }
    var entries: [Entry]? { get }
    var place: SourceRange { get }
    /// The text of a scalar; nil for null, lists and mappings.
    var text: String? { get }
    /// What a scalar means; nil for lists and mappings.
    var meaning: Meaning? { get }

    subscript(_ key: String) -> Self? { get }
}

/// An entry of a mapping that patches change.
package protocol PatchableEntry {
    associatedtype Value

    var key: String { get }
    var keyPlace: SourceRange { get }
    var value: Value { get }

    init(_ key: String, _ keyPlace: SourceRange, _ value: Value)
}

extension PatchableTree {
    /// The same mapping with another value for a key, which is added at the end if it is missing.
    func with(_ key: String, _ keyPlace: SourceRange, _ value: Self) -> Self {
        var entries = entries ?? []
        let entry = Entry(key, keyPlace, value)
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = entry
        } else {
            entries.append(entry)
        }
        return Self(entries, at: place)
    }

    /// The same mapping without a key; from now on it is where the key was removed.
    func without(_ key: String, removedAt removal: SourceRange? = nil) -> Self {
        guard let entries, entries.contains(where: { $0.key == key }) else { return self }
        return Self(entries.filter { $0.key != key }, at: removal ?? place)
    }

    /// Tells whether two values are equal, regardless of the order of keys.
    package func isEqual(to other: some PatchableTree) -> Bool {
        if let meaning { return meaning == other.meaning && (meaning != .string || text == other.text) }
        if let items {
            guard let others = other.items, items.count == others.count else { return false }
            return zip(items, others).allSatisfy { $0.isEqual(to: $1) }
        }
        guard let entries, let others = other.entries, entries.count == others.count else { return false }
        return entries.allSatisfy { entry in other[entry.key].map { entry.value.isEqual(to: $0) } ?? false }
    }
}

extension Node: PatchableTree {
    package init(_ node: Node) { self = node }
    package init(_ items: [Node], at place: SourceRange) { self.init(.sequence(items), place) }
    package init(_ entries: [Entry], at place: SourceRange) { self.init(.mapping(entries), place) }

    package var place: SourceRange { range }
    package var text: String? { scalar.flatMap { $0.meaning == .null ? nil : $0.text } }
    package var meaning: Meaning? { scalar?.meaning }
}

extension Node.Entry: PatchableEntry {
    package var keyPlace: SourceRange { keyRange }
}

extension ManifestValue: PatchableTree {
    package var meaning: Meaning? { scalar }
}

extension ManifestValue.Entry: PatchableEntry {}
