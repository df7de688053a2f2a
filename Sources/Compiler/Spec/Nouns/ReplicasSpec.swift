import Diagnostics

/// How few and how many replicas a model may have.
package struct ReplicasSpec: Sendable {
    package let min: Traced<Int>
    package let max: Traced<Int>
    package let range: SourceRange
}

extension ReplicasSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        min = fields.required("min", .replicas, "never fewer")
        max = fields.required("max", .replicas, "never more")
    }
}

extension FieldType where Value == Int {
    /// A number of replicas; to scale to zero needs a metric from outside the pods, which this version has not.
    fileprivate static var replicas: FieldType {
        let plain = FieldType.count(1...1000, 2)
        return FieldType(expects: plain.expects, placeholder: 1, schema: plain.schema) { node, subject, report in
            guard node.scalar?.meaning == .integer(0) else { return plain.read(node, subject, &report) }
            report.error(
                "scale-to-zero", "\(subject) is 0, and models do not scale to zero", at: node.range,
                label: "1 at least",
                help: [
                    "the metrics that would wake a model are its own pods', and at zero there are none: write 1, or remove the model"
                ])
            return nil
        }
    }
}
