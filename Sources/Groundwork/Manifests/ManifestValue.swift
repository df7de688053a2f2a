import Diagnostics
import YAML

/// A value of a manifest, read in place: from a template with its placeholders filled, from a fact, or from a file.
///
/// Nothing is copied: `$for` and `$if` are followed when the items or entries of the value are read.
package struct ManifestValue: Sendable {
    package enum Storage: Sendable {
        case template(TemplateNode, Scope)
        /// A text whose placeholders are filled.
        case text(String, TemplateNode, Scope)
        case fact(Fact, placedBy: TemplateNode)
        case node(Node)
    }

    /// An entry of a mapping.
    package struct Entry: Sendable {
        package let key: String
        package let keyPlace: SourceRange
        package let value: ManifestValue
    }

    /// What a value is.
    package enum Kind: Sendable { case null, boolean, integer, number, string, list, mapping }

    package let storage: Storage

    package init(_ node: Node) { storage = .node(node) }

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
        }
    }

    /// Where it came from, if a placeholder placed it.
    package var origin: Origin? { fact?.origin }

    /// The fact, if a placeholder placed it.
    package var fact: Fact? { if case .fact(let fact, _) = storage { fact } else { nil } }
}
