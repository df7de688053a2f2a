import Diagnostics
import YAML

/// A value of a template, compiled: literals are encoded already, placeholders are resolved to facts.
package final class TemplateNode: Sendable {
    enum Content: Sendable {
        case literal(Literal)
        /// A placeholder alone in its place, unquoted: the fact keeps its type.
        case placeholder(Placeholder)
        /// A quoted placeholder, or text with placeholders in it: always a string.
        case text(TemplateText)
        case sequence([Item])
        case mapping([Entry])
        /// A document inside a string.
        case document(Notation, TemplateNode)
    }

    /// How a document inside a string is written.
    enum Notation: Sendable { case json, yaml }

    let content: Content
    /// The place in the template.
    package let range: SourceRange
    /// Whether a mapping in it may get a key twice from placeholders or loops: only then the keys are checked again.
    let keysMayClash: Bool

    init(_ content: Content, _ range: SourceRange) {
        self.content = content
        self.range = range
        keysMayClash =
            switch content {
            case .mapping(let entries): Entry.keysMayClash(entries) || entries.contains { $0.value.keysMayClash }
            case .sequence(let items): items.contains { $0.value.keysMayClash }
            case .document(_, let node): node.keysMayClash
            case .literal, .placeholder, .text: false
            }
    }
}

extension TemplateNode.Entry {
    /// Whether entries of one mapping may come to the same key.
    fileprivate static func keysMayClash(_ entries: [TemplateNode.Entry]) -> Bool {
        var literals: Set<String> = []
        return entries.contains { entry in
            if entry.gate?.loop != nil { return true }
            switch entry.key.content {
            case .literal(let text, _): return !literals.insert(text).inserted
            case .text: return entries.count > 1
            }
        }
    }
}

extension TemplateNode {
    /// A scalar without placeholders.
    final class Literal: Sendable {
        let text: String
        let meaning: Meaning
        /// The scalar as it is written, or nil if that depends on the indentation.
        let bytes: [UInt8]?

        init(_ text: String, _ meaning: Meaning, _ range: SourceRange) {
            self.text = text
            self.meaning = meaning
            var bytes: [UInt8] = []
            let style: Node.Scalar.Style = meaning == .string ? .doubleQuoted : .plain
            appendNode(Node(.scalar(Node.Scalar(text, style)), range), to: &bytes, indent: 0)
            bytes.removeLast()
            self.bytes = bytes.contains(UInt8(ascii: "\n")) ? nil : bytes
        }
    }

    /// A place for a fact.
    struct Placeholder: Sendable {
        let path: FactPath
        /// Whether the entry that holds it is dropped when the fact is not set.
        let isOptional: Bool
    }

    /// An item of a sequence, or a document of a template.
    final class Item: Sendable {
        let gate: Gate?
        let value: TemplateNode

        init(gate: Gate?, value: TemplateNode) {
            self.gate = gate
            self.value = value
        }
    }

    /// An entry of a mapping.
    final class Entry: Sendable {
        let key: Key
        /// The key's text; nil if there is a placeholder in it.
        let name: String?
        let gate: Gate?
        let value: TemplateNode
        /// Whether the key ends in `?`: the key of an empty list or mapping is dropped.
        let dropsWhenEmpty: Bool

        init(key: Key, gate: Gate?, value: TemplateNode, dropsWhenEmpty: Bool) {
            self.key = key
            if case .literal(let text, _) = key.content { name = text } else { name = nil }
            self.gate = gate
            self.value = value
            self.dropsWhenEmpty = dropsWhenEmpty
        }
    }

    /// The key of an entry.
    struct Key: Sendable {
        enum Content: Sendable {
            /// The key, and how it is written with its colon.
            case literal(String, bytes: [UInt8])
            case text(TemplateText)
        }

        let content: Content
        let range: SourceRange

        var hasPlaceholders: Bool { if case .text = content { true } else { false } }

        init(literal text: String, _ range: SourceRange) {
            var bytes: [UInt8] = []
            appendKey(text, to: &bytes)
            content = .literal(text, bytes: bytes + [UInt8(ascii: ":")])
            self.range = range
        }

        init(_ text: TemplateText, _ range: SourceRange) {
            content = .text(text)
            self.range = range
        }
    }

    /// Repeats or drops the item, entry or document that holds it.
    final class Gate: Sendable {
        let loop: FactPath?
        let conditions: [Condition]

        init(loop: FactPath?, conditions: [Condition]) {
            self.loop = loop
            self.conditions = conditions
        }
    }

    /// An `$if`, or an `$unless`, which expects the opposite.
    struct Condition: Sendable {
        let path: FactPath
        let expected: Bool
    }
}

extension TemplateNode.Gate {
    /// Calls the body for each scope of the gated value; false from the body ends the visit.
    func forEach(_ scope: Scope, _ body: (Scope) -> Bool) {
        guard let loop else {
            if admits(scope) { _ = body(scope) }
            return
        }
        for member in loop.fact(in: scope)?.members ?? [] {
            let inner = Scope(member, in: scope)
            if admits(inner), !body(inner) { return }
        }
    }

    private func admits(_ scope: Scope) -> Bool {
        conditions.allSatisfy { ($0.path.fact(in: scope)?.holds ?? false) == $0.expected }
    }
}
