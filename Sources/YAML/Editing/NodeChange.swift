import Diagnostics

/// A change of a YAML text, described by its content: the text is read, and the edit found, only when it is needed.
package struct NodeChange: Sendable {
    /// How the node is found that is changed.
    enum Anchor: Sendable {
        /// The entry whose key begins here.
        case key(SourceRange)
        /// The entry or item whose value begins here.
        case value(SourceRange)

        var range: SourceRange {
            switch self {
            case .key(let range), .value(let range): range
            }
        }
    }

    enum Action: Sendable {
        /// Gives a key of the anchor's mapping, or of the mapping that it holds, a value.
        case set([String], String)
        case remove
        /// Takes out the list in which the anchor is an item.
        case removeList
        case replace(String)
        /// Puts an entry or an item behind the anchor.
        case insert(String)
    }

    let anchor: Anchor
    let action: Action

    /// Gives what a path of keys leads to a value, from the mapping that holds a value.
    package static func setting(_ path: [String], to text: String, beside value: SourceRange) -> NodeChange {
        NodeChange(anchor: .value(value), action: .set(path, text))
    }

    /// Gives what a path of keys leads to a value, from the mapping under a key.
    package static func setting(_ path: [String], to text: String, under key: SourceRange) -> NodeChange {
        NodeChange(anchor: .key(key), action: .set(path, text))
    }

    /// Takes out the entry or the item that has a value, and what would hold nothing without it.
    package static func removing(_ value: SourceRange?) -> NodeChange? {
        value.map { NodeChange(anchor: .value($0), action: .remove) }
    }

    /// Takes out the list that has an item.
    package static func removing(listOf item: SourceRange?) -> NodeChange? {
        item.map { NodeChange(anchor: .value($0), action: .removeList) }
    }

    /// Writes another text into a place.
    package static func replacing(_ range: SourceRange?, by text: String) -> NodeChange? {
        range.map { NodeChange(anchor: .value($0), action: .replace(text)) }
    }

    /// Puts an entry behind the one that has a value, or an item behind an item.
    package static func inserting(_ text: String, after value: SourceRange) -> NodeChange {
        NodeChange(anchor: .value(value), action: .insert(text))
    }

    /// The edit of the text; nil where what is changed is elsewhere, such as behind an alias.
    package var edit: TextEdit? {
        if case .replace(let text) = action { return TextEdit(anchor.range, text) }
        guard let trail = documents(of: anchor.range.file).lazy.compactMap({ $0.trail(to: anchor) }).first,
            let step = trail.last
        else {
            return nil
        }
        switch action {
        case .replace: return nil
        case .remove: return removal(trail)
        case .removeList: return trail.count > 1 ? removal(trail.dropLast()) : nil
        case .insert(let text): return step.inserting(text)
        case .set(let path, let text):
            guard case .key = anchor else { return step.collection.setting(path[...], to: text) }
            return step.collection.entries?[step.index].value.setting(path[...], to: text)
        }
    }
}
