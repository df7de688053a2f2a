import Diagnostics
import YAML

extension TemplateChecker {
    /// Compiles a scalar: a literal, a placeholder that keeps its type, or a text with placeholders.
    mutating func compileScalar(_ node: Node, _ scalar: Node.Scalar) -> TemplateNode {
        guard scalar.text.utf8.contains(UInt8(ascii: "$")) else {
            return literal(scalar.text, scalar.meaning, node.range)
        }
        let text = compileText(scalar.text, node.range)
        if scalar.style == .plain, text.pieces.count == 1, case .placeholder(let placeholder) = text.pieces[0] {
            if !placeholder.path.kind.isPlaceable { unplaceable(placeholder) }
            return TemplateNode(.placeholder(placeholder), node.range)
        }
        for placeholder in text.placeholders where !placeholder.path.kind.isScalar {
            error(
                "list-in-string",
                "`\(placeholder.path.text)` is \(placeholder.path.kind.words), which cannot be in a string",
                at: placeholder.path.range, label: "must be a whole value, without quotes",
                help: scalar.style == .plain
                    ? [] : ["write the placeholder without quotes, and the mapping or list around it in block style"])
        }
        if let unescaped = text.literal {
            return literal(unescaped, unescaped == scalar.text ? scalar.meaning : .string, node.range)
        }
        return TemplateNode(.text(text), node.range)
    }

    /// Compiles a text with placeholders; a placeholder with an error is reported and left out.
    mutating func compileText(_ text: String, _ range: SourceRange) -> TemplateText {
        var pieces: [TemplateText.Piece] = []
        for piece in splitPlaceholders(text, range) {
            switch piece {
            case .literal(let text): pieces.append(.literal(text))
            case .placeholder(let inner, let start):
                compilePlaceholder(inner, start, range).map { pieces.append(.placeholder($0)) }
            case .unclosed(let start):
                error(
                    "malformed-placeholder", "a placeholder has no `}`",
                    at: start.map { SourceRange(range.file, $0 - 2, $0) } ?? range,
                    label: "opened here",
                    help: [
                        Help(
                            "close it with `}`, or write `$${` for a literal `${`",
                            replacing: start.map { SourceRange(range.file, $0 - 2, $0 - 2) }, by: ["$"])
                    ])
            }
        }
        return TemplateText(pieces: pieces)
    }

    private mutating func compilePlaceholder(_ inner: String, _ start: Int?, _ range: SourceRange) -> TemplateNode
        .Placeholder?
    {
        let isOptional = inner.hasSuffix("?")
        guard let path = WrittenPath(isOptional ? String(inner.dropLast()) : inner, start: start, within: range) else {
            error(
                "malformed-placeholder", "`${\(inner)}` is not a dotted path to a fact",
                at: start.map { SourceRange(range.file, $0, $0 + inner.utf8.count) } ?? range,
                label: "must not have spaces, operators or functions",
                help: ["computations belong in the plan; write `$${` for a literal `${`"])
            return nil
        }
        return resolve(path, for: isOptional ? .optionalValue : .value).map { .init(path: $0, isOptional: isOptional) }
    }

    private mutating func unplaceable(_ placeholder: TemplateNode.Placeholder) {
        error(
            "mapping-as-value", "`\(placeholder.path.text)` is \(placeholder.path.kind.words), not a single value",
            at: placeholder.path.range,
            label: "must be one of its facts", help: ["run `stowage facts` to list them"])
    }

    private func literal(_ text: String, _ meaning: Meaning, _ range: SourceRange) -> TemplateNode {
        TemplateNode(.literal(TemplateNode.Literal(text, meaning, range)), range)
    }
}

extension RecordType.Kind {
    /// Whether a fact of this kind can be placed whole: records can if all they hold are scalars, lists or mappings of them.
    fileprivate var isPlaceable: Bool {
        switch self {
        case .string, .integer, .number, .boolean, .mapping: true
        case .list(let kind): kind.isPlaceable
        case .record(let type): type.entries.allSatisfy { $0.kind.isFlat }
        }
    }

    private var isFlat: Bool {
        switch self {
        case .string, .integer, .number, .boolean, .mapping: true
        case .list(let kind): kind.isScalar
        case .record: false
        }
    }
}
