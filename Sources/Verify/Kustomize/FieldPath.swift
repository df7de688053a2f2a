import Diagnostics
import Groundwork
import YAML

/// The path to a field in the syntax of replacements: `spec.template.spec.containers.[name=server].image`.
struct FieldPath: Sendable {
    enum Step: Sendable, Equatable {
        case field(String)
        case index(Int)
        /// The items whose key has a value, or that equal the value if there is no key.
        case items(key: String, value: String)
        case every
    }

    let text: String
    let steps: [Step]
    /// Where it is written.
    let place: SourceRange

    /// Reads a path; nil if it is invalid.
    init?(_ value: ManifestValue) {
        guard let text = value.text, !text.isEmpty else { return nil }
        self.init(text, at: value.place)
    }

    private init(_ text: String, at place: SourceRange) {
        self.text = text
        self.place = place
        steps = parts(of: text).map { Step($0) }
    }

    /// The path to the name, the default if no path is written.
    static func name(at place: SourceRange) -> FieldPath { FieldPath("metadata.name", at: place) }

    /// Whether it leads to an annotation, which kustomize always makes a string.
    var isOfAnnotation: Bool { steps.prefix(2) == [.field("metadata"), .field("annotations")] }

    /// The one value that it leads to; nil if there is none.
    func value(in root: Node) -> Node? {
        steps.reduce(Optional(root)) { node, step in
            switch step {
            case .field("-") where node?.items != nil: node?.items?.last
            case .field(let name): node?[name]
            case .index(let index): node?.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            case .items(let key, let value):
                node?.items?.first { (key.isEmpty ? $0 : $0[key])?.scalar?.text == value }
            case .every: nil
            }
        }
    }
}

extension FieldPath.Step {
    init(_ part: String) {
        let inner = part.dropFirst().dropLast()
        if let index = Int(part), index >= 0 {
            self = .index(index)
        } else if part == "*" {
            self = .every
        } else if part.hasPrefix("["), part.hasSuffix("]"), let equals = inner.firstIndex(of: "=") {
            self = .items(key: String(inner[..<equals]), value: String(inner[inner.index(after: equals)...]))
        } else {
            self = .field(part)
        }
    }

    /// Whether it leads into a list.
    var isOfList: Bool {
        switch self {
        case .index, .items: true
        case .field, .every: false
        }
    }
}

/// Splits a path at its dots, except after a backslash or in brackets: `a.[b.c].[d=e.f]`.
private func parts(of text: String) -> [String] {
    var parts: [String] = []
    var isOpen = false
    var isEscaped = false
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
        let joins = isOpen || isEscaped
        let whole = joins ? (parts.popLast() ?? "") + "." + part : String(part)
        isEscaped = whole.hasSuffix("\\")
        parts.append(isEscaped ? String(whole.dropLast()) : whole)
        isOpen = whole.hasPrefix("[") && !whole.hasSuffix("]")
    }
    return parts.filter { !$0.isEmpty }.map { part in
        // The brackets around a key are removed; those around an item stay.
        part.hasPrefix("[") && part.hasSuffix("]") && !part.contains("=") ? String(part.dropFirst().dropLast()) : part
    }
}
