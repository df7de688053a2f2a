import Diagnostics
import YAML

/// A value of a manifest, read in place: from a template with its placeholders filled, from a fact, or from a file.
///
/// Nothing is copied: `$for` and `$if` are followed when the items or entries of the value are read. Only the lists and mappings
/// around a patched value are made anew; what is in them stays what it was.
package struct ManifestValue: Sendable {
    package enum Storage: Sendable {
        case template(TemplateNode, Scope)
        /// A text whose placeholders are filled.
        case text(String, TemplateNode, Scope)
        case fact(Fact, placedBy: TemplateNode)
        case node(Node)
        /// The items of a list that a patch changed, and the place of that list.
        case list([ManifestValue], SourceRange)
        /// The entries of a mapping that a patch changed, and the place of that mapping.
        case mapping([Entry], SourceRange)
    }

    /// An entry of a mapping.
    package struct Entry: Sendable {
        package let key: String
        package let keyPlace: SourceRange
        package let value: ManifestValue

        package init(_ key: String, _ keyPlace: SourceRange, _ value: ManifestValue) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// What a value is.
    package enum Kind: Sendable { case null, boolean, integer, number, string, list, mapping }

    package let storage: Storage

    package init(_ node: Node) { storage = .node(node) }

    package init(_ items: [ManifestValue], at place: SourceRange) { storage = .list(items, place) }

    package init(_ entries: [Entry], at place: SourceRange) { storage = .mapping(entries, place) }

    init(_ fact: Fact, placedBy node: TemplateNode) { storage = .fact(fact, placedBy: node) }

    /// The value of a template's node, or nil where a placeholder has nothing to place.
    init?(_ node: TemplateNode, in scope: Scope) {
        switch node.content {
        case .literal, .sequence, .mapping, .document:
            storage = .template(node, scope)
        case .placeholder(let placeholder):
            guard let fact = placeholder.path.fact(in: scope) else { return nil }
            storage = .fact(fact, placedBy: node)
        case .text(let text):
            guard let filled = text.filled(in: scope) else { return nil }
            storage = .text(filled, node, scope)
        }
    }

    /// Where it is: in the template, at the placeholder that places it, or in the file.
    package var place: SourceRange {
        switch storage {
        case .template(let node, _), .text(_, let node, _), .fact(_, let node): node.range
        case .node(let node): node.range
        case .list(_, let place), .mapping(_, let place): place
        }
    }

    /// Where it came from, if a placeholder placed it.
    package var origin: Origin? { fact?.origin }

    /// The fact, if a placeholder placed it.
    package var fact: Fact? { if case .fact(let fact, _) = storage { fact } else { nil } }
}
