import Diagnostics
import Groundwork
import YAML

/// A document of an included file: the models of one team.
struct TeamFile {
    let team: Traced<String>
    /// The models, which are read with those of the spec.
    let models: [Node]
}

extension TeamFile {
    init(_ fields: inout FieldReader) {
        fields.requireAPIVersion()
        _ = fields.required(
            "kind",
            .constant(
                SpecFormat.modelsKind, code: "not-team-models",
                help: "an included document has this kind"),
            "what the document has")
        team = fields.required("metadata", { $0.required("name", .team, "name of the team") }, "the team")
        models =
            fields.required("spec", { $0.required("models", .nodes, "the models of the team") }, "its models").value
    }
}

extension FieldType where Value == [Node] {
    /// A list with at least one item, each of which is read later.
    fileprivate static var nodes: FieldType {
        FieldType(expects: { "a list" }, placeholder: [], schema: { .object([("type", .string("array"))]) }) {
            node, subject, report in
            guard let items = node.items else {
                report.error(
                    "wrong-shape", "\(subject) must be a list, not \(node.yamlType)", at: node.start,
                    label: node.yamlType,
                    help: ["start every item with `- `"])
                return nil
            }
            if items.isEmpty {
                report.error("empty-list", "\(subject) is empty", at: node.range, help: ["add at least one item"])
            }
            return items
        }
    }
}
