import Diagnostics
import Groundwork

/// The ServiceAccount of a model's pods: one with an IAM role that Stowage generates, or one that exists.
package struct ServiceAccountSpec: Sendable {
    /// Nil means the model's name.
    package let name: Traced<String>?
    /// The IAM role that its pods assume; nil if the ServiceAccount exists.
    package let roleArn: Traced<String>?
    package let range: SourceRange
}

extension ServiceAccountSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        name = fields.optional(
            "name", .objectName.example("model-reader"),
            "its name; without `roleArn`, that of an existing one; default: the name of the model")
        roleArn = fields.optional(
            "roleArn", .roleArn, "IAM role that its pods assume; default: that of the existing ServiceAccount, if any")
        if name == nil, roleArn == nil { fields.reportAbsence("roleArn", .roleArn, "IAM role that its pods assume") }
    }
}

extension ModelSpec {
    /// The IAM role of the ServiceAccount that Stowage generates; nil if it generates none.
    package var roleArn: Traced<String>? { serviceAccount?.roleArn }

    /// The name of the ServiceAccount; nil means that of the namespace.
    package var serviceAccountName: Traced<String>? { serviceAccount.map { $0.name ?? name } }
}
