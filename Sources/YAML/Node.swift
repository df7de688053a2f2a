import Diagnostics

/// A YAML value with its place in the text; mappings keep their order.
package struct Node: Sendable {
    package enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    /// A scalar as written: its text after unescaping, and how it was quoted.
    package struct Scalar: Sendable {
        package enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

        package let text: String
        /// What the scalar means, as Kubernetes' parser reads it: only a plain scalar can be other than a string.
        package let meaning: Meaning
        package let style: Style

        package init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
            meaning = style == .plain ? Meaning(plain: text) : .string
        }
    }

    /// A key, which is a scalar, and its value.
    package struct Entry: Sendable {
        package let key: String
        package let keyRange: SourceRange
        package let value: Node

        package init(_ key: String, _ keyRange: SourceRange, _ value: Node) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
        }
    }

    package let content: Content
    package let range: SourceRange

    package init(_ content: Content, _ range: SourceRange) {
        self.content = content
        self.range = range
    }

    package var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    /// Whether nothing is written here.
    package var isNull: Bool { scalar?.meaning == .null }
    package var items: [Node]? { if case .sequence(let items) = content { items } else { nil } }
    package var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

    /// The value under a key, if this is a mapping that has it.
    package subscript(_ key: String) -> Node? {
        guard case .mapping(let entries) = content else { return nil }
        // By index, because a copy of each entry would cost more than the comparison.
        return entries.indices.first { entries[$0].key == key }.map { entries[$0].value }
    }
}
