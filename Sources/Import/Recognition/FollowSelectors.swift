import Groundwork

/// Patches of objects that the input lacks, so that they select the pods of foreign workloads, whose labels stay as they are.
func selectorPatches(_ generated: [ImportedObject], beside tree: ImportedTree) -> [SpecValue] {
    findModels(tree).models.flatMap { model -> [SpecValue] in
        guard model.workload.template?.at("metadata", "labels", "stowage.dev/model") == nil,
            let labels = model.workload.spec?.at("selector", "matchLabels")
        else { return [] }
        let service = tree.object("Service", model.name, in: model.namespace)?.root.at("metadata", "labels")
        return generated.compactMap { object in
            guard object.label("stowage.dev/model")?.text == model.name,
                tree.object(object.kind, object.name, in: object.namespace) == nil
            else { return nil }
            switch object.kind {
            case "PodDisruptionBudget": return selecting(labels, at: "/spec/selector/matchLabels", of: object)
            case "Service": return selecting(labels, at: "/spec/selector", of: object)
            case "ServiceMonitor":
                return service.flatMap { selecting($0, at: "/spec/selector/matchLabels", of: object) }
            default: return nil
            }
        }
    }
}

/// The patch that makes an object select other labels.
private func selecting(_ labels: ManifestValue, at pointer: String, of object: ImportedObject) -> SpecValue? {
    guard !labels.holdsSecret else { return nil }
    let operation = SpecValue.mapping(
        [
            ("op", .plain("replace")), ("path", .string(pointer)),
            ("value", SpecValue(copying: labels, isNoted: false)),
        ], labels.home)
    return .mapping([
        (
            "target",
            .mapping([
                ("kind", .string(object.kind)), ("name", .string(object.name)),
                ("namespace", object.namespace.isEmpty ? nil : .string(object.namespace)),
            ])
        ),
        ("json", .list([operation])),
    ])
}
