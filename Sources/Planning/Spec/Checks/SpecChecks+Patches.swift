import Diagnostics
import Groundwork
import YAML

/// Checks that every patch has a target and changes something, and that its operations are complete.
func checkPatches(_ spec: ClusterSpec, _ report: inout Report) {
    for patch in spec.patches {
        checkTarget(patch.target, spec, &report)
        if let merge = patch.merge, let first = patch.operations.first {
            report.error(
                "several-patches", "a patch has both `merge` and `json`", at: first.range, label: "second change",
                notes: [.init("`merge` is set here", at: merge.range)],
                help: ["write two items of `patches`, which are applied in their order"])
        } else if patch.merge == nil, patch.operations.isEmpty {
            report.error(
                "empty-patch", "a patch has neither `merge` nor `json`", at: patch.range, label: "changes nothing",
                help: ["add `merge` with the fields to set, or `json` with operations"])
        }
        if let merge = patch.merge, merge.value["$patch"]?.scalar?.text == "delete" {
            report.error(
                "patch-deletes-object", "a patch cannot delete an object", at: merge.value["$patch"]?.range,
                label: "deletes the whole object", help: [removal])
        }
        for operation in patch.operations { check(operation, &report) }
    }
}

private let removal: Help = "add an empty template with the path of the object's template: it removes the objects"

/// Checks that a target selects by something, and a model of the spec.
private func checkTarget(_ target: PatchTargetSpec, _ spec: ClusterSpec, _ report: inout Report) {
    if target.kind ?? target.name ?? target.model ?? target.namespace == nil {
        report.error(
            "empty-target", "the target of a patch has none of `kind`, `name`, `model` and `namespace`",
            at: target.range, label: "selects no objects",
            help: ["set `kind` or `name`, or `name: \"*\"` for all objects"])
    }
    let names = spec.models.map(\.name.value)
    guard let model = target.model, !names.contains(model.value) else { return }
    let close = closest(to: model.value, among: names).map { [Help(meaning: $0, at: model.range)] }
    report.error(
        "patch-target-not-found", "a patch is for the model `\(model.value)`, which the spec does not have",
        at: model.range, label: "not a model", help: (close ?? []) + [Help("the models are \(enumerated(names))")])
}

/// Checks that an operation has what its kind needs.
private func check(_ operation: PatchOperationSpec, _ report: inout Report) {
    let kind = operation.kind.value
    let missing: String? =
        switch kind {
        case .add, .replace, .test: operation.value == nil ? "value" : nil
        case .move, .copy: operation.from == nil ? "from" : nil
        case .remove: nil
        }
    guard let missing else { return }
    report.error(
        "incomplete-operation", "the operation `\(kind.rawValue)` has no `\(missing)`", at: operation.kind.range,
        label: "requires `\(missing)`",
        help: [missing == "value" ? "add `value`, the new value" : "add `from`, the path of the value"])
}
