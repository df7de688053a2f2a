import YAML

/// A document of a template, ready to be written many times: bytes that never change, and what depends on the plan.
final class Instructions: Sendable {
    enum Step: Sendable {
        case bytes([UInt8])
        /// A value that is surely written, after its key or dash.
        case value(TemplateNode, ManifestWriter.Position, column: Int)
        /// An entry or item that may be dropped or repeated; it is not the first of its mapping or list.
        case entry(TemplateNode.Entry, indent: Int)
        case item(TemplateNode.Item, indent: Int)
    }

    let steps: [Step]

    init(_ document: TemplateNode) {
        var builder = InstructionBuilder()
        builder.add(document, .start, column: -2)
        steps = builder.finished()
    }
}

/// The steps so far, and the bytes since the last of them.
private struct InstructionBuilder {
    private var steps: [Instructions.Step] = []
    private var writer = ManifestWriter(records: false)

    mutating func add(_ node: TemplateNode, _ position: ManifestWriter.Position, column: Int) {
        switch node.content {
        case .literal(let literal):
            _ = writer.begin(position)
            writer.append(literal, column: column)
            writer.bytes.append(UInt8(ascii: "\n"))
        case .sequence(let items) where items.first?.isCertain ?? true: add(items, position, column)
        case .mapping(let entries) where entries.first?.isCertain ?? true: add(entries, position, column)
        case .placeholder, .text, .document, .sequence, .mapping: add(.value(node, position, column: column))
        }
    }

    mutating func finished() -> [Instructions.Step] {
        flush()
        return steps
    }

    private mutating func add(_ items: [TemplateNode.Item], _ position: ManifestWriter.Position, _ column: Int) {
        if items.isEmpty { _ = writer.writeEmpty("[]", position) }
        let indent = position == .key ? column : column + 2
        for (index, item) in items.enumerated() {
            guard item.isCertain else {
                add(.item(item, indent: indent))
                continue
            }
            writer.step(position, indent, index == 0)
            writer.bytes += "- ".utf8
            add(item.value, .dash, column: indent)
        }
    }

    private mutating func add(_ entries: [TemplateNode.Entry], _ position: ManifestWriter.Position, _ column: Int) {
        if entries.isEmpty { _ = writer.writeEmpty("{}", position) }
        for (index, entry) in entries.enumerated() {
            guard entry.isCertain, case .literal(_, let key) = entry.key.content else {
                add(.entry(entry, indent: column + 2))
                continue
            }
            writer.step(position, column + 2, index == 0)
            writer.bytes += key
            add(entry.value, .key, column: column + 2)
        }
    }

    private mutating func add(_ step: Instructions.Step) {
        flush()
        steps.append(step)
    }

    private mutating func flush() {
        if !writer.bytes.isEmpty { steps.append(.bytes(writer.bytes)) }
        writer.bytes = []
    }
}

extension TemplateNode {
    /// Whether the value is there in every plan.
    fileprivate var isCertain: Bool {
        switch content {
        case .literal, .sequence, .mapping, .document: true
        case .placeholder(let placeholder): !placeholder.isOptional
        case .text(let text): text.placeholders.allSatisfy { !$0.isOptional }
        }
    }
}

extension TemplateNode.Item {
    /// Whether the item is written exactly once in every plan.
    fileprivate var isCertain: Bool { gate == nil && value.isCertain }
}

extension TemplateNode.Entry {
    /// Whether the entry is written exactly once in every plan, under the same key.
    fileprivate var isCertain: Bool { gate == nil && !dropsWhenEmpty && !key.hasPlaceholders && value.isCertain }
}
