import Diagnostics
import YAML

private let nodeWords = ["dynamic", "static", "managed"]

extension FieldType where Value == NodeSupply {
    /// `dynamic`, `static`, `managed`, or `{managed: chat-gpus}`, perhaps with `max: 4`.
    static var nodeSupply: FieldType {
        let expects = "`dynamic`, `static`, `managed` or `{managed: chat-gpus, max: 4}`"
        let examples = nodeWords + ["{managed: chat-gpus, max: 4}"]
        return FieldType(expects: { expects }, placeholder: .dynamic, schema: supplySchema, examples: examples) {
            node, subject, report in
            if let scalar = node.scalar { return word(scalar, node, subject, expects, &report) }
            guard let entries = node.entries, !entries.isEmpty else {
                report.error(
                    "malformed-nodes", "\(subject) is \(node.yamlType), which is not a source of nodes",
                    at: node.start, help: [Help("write \(expects)")])
                return nil
            }
            var (group, most): (String?, Int?)
            for entry in entries {
                switch entry.key {
                case "managed": group = groupName.read(entry.value, .key(entry.key), &report)
                case "max": most = groupSize.read(entry.value, .key(entry.key), &report)
                default:
                    let free = ["managed", "max"].filter { key in !entries.contains { $0.key == key } }
                    let close = closest(to: entry.key, among: free).map { [Help(meaning: $0, at: entry.keyRange)] }
                    report.error(
                        "unknown-key", "\(subject) has no key `\(entry.key)`", at: entry.keyRange, label: "unknown",
                        help: (close ?? []) + [Help("write \(expects)")])
                }
            }
            if !entries.contains(where: { $0.key == "managed" }) {
                report.error(
                    "malformed-nodes", "\(subject) does not name a managed node group", at: node.start,
                    help: [Help("write \(expects)")])
            }
            return .managed(group: group, most: most)
        }
    }

    private static func word(
        _ scalar: Node.Scalar, _ node: Node, _ subject: FieldSubject, _ expects: String, _ report: inout Report
    ) -> NodeSupply? {
        switch scalar.text {
        case "dynamic": return .dynamic
        case "static": return .static
        case "managed": return .managed(group: nil, most: nil)
        default:
            let close = closest(to: scalar.text, among: nodeWords).map { [Help(meaning: $0, at: node.range)] }
            report.error(
                "invalid-enum-value", "\(subject) cannot be `\(scalar.text)`", at: node.range,
                label: "not a valid value",
                help: (close ?? []) + [Help("write \(expects)")])
            return nil
        }
    }
}

private var groupName: FieldType<String> {
    .name(atMost: 63, because: "limit of EKS for names of node groups").example("chat-gpus")
}
private var groupSize: FieldType<Int> { .count(1...450, 4) }

@Sendable private func supplySchema() -> JSON {
    let words = JSON.object([("enum", .array(nodeWords.map(JSON.string)))])
    let group = JSON.object([
        ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ("required", .array([.string("managed")])),
        ("properties", .object([("managed", groupName.described), ("max", groupSize.described)])),
    ])
    return .object([("anyOf", .array([words, group]))])
}
