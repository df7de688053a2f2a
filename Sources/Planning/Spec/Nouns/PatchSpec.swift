import Diagnostics
import Groundwork
import YAML

/// A change to generated objects that no field of the spec makes.
package struct PatchSpec: Sendable {
    package let target: PatchTargetSpec
    /// A strategic merge patch.
    package let merge: Traced<Node>?
    /// A JSON patch: its operations in order.
    package let operations: [PatchOperationSpec]
    package let range: SourceRange
}

extension PatchSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        target = fields.required("target", PatchTargetSpec.init(_:), "the objects to change")
        merge = fields.optional(
            "merge", .mapping.example("{spec: {revisionHistoryLimit: 3}}"),
            "strategic merge patch, as kustomize applies it; default: none")
        operations = fields.nouns(
            "json", PatchOperationSpec.init(_:), "operations of a JSON patch (RFC 6902), in order; default: none")
    }
}

/// Selects objects: those that meet everything that is set.
package struct PatchTargetSpec: Sendable {
    package let kind: Traced<String>?
    package let name: Traced<String>?
    package let model: Traced<String>?
    package let namespace: Traced<String>?
    package let group: Traced<String>?
    package let version: Traced<String>?
    package let range: SourceRange
}

extension PatchTargetSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        kind = fields.optional("kind", .anyText.example("Deployment"), "kind of the objects; default: any")
        name = fields.optional(
            "name", .anyText.example("chat", "chat-*"),
            "name of the objects, in which `*` stands for any text; default: any")
        model = fields.optional(
            "model", .anyText.example("chat"), "model that the objects are for; default: any, and objects for no model")
        namespace = fields.optional(
            "namespace", .anyText.example("inference"),
            "namespace of the objects, in which `*` stands for any text; default: any")
        group = fields.optional("group", .anyText.example("apps"), "API group of the objects; default: any")
        version = fields.optional("version", .anyText.example("v1"), "API version of the objects; default: any")
    }
}

/// One operation of a JSON patch.
package struct PatchOperationSpec: Sendable {
    package let kind: Traced<PatchOperationKind>
    package let path: Traced<String>
    package let from: Traced<String>?
    package let value: Node?
    package let range: SourceRange
}

extension PatchOperationSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        kind = fields.required("op", .word, "what to do")
        path = fields.required("path", .jsonPointer, "place in the object, as a JSON pointer")
        value = fields.any(
            "value", "value for `add`, `replace` and `test`; required for these", examples: "3", "{cpu: \"500m\"}")
        from = fields.optional(
            "from", .jsonPointer, "place of the value for `move` and `copy`; required for these")
    }
}
