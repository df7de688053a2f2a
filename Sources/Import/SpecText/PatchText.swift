import Groundwork

/// The patches that give objects of a spec the values of the input, one for each object.
func patches(for differences: [Difference]) -> [SpecValue] {
    var order: [ObjectKey] = []
    var groups: [ObjectKey: [Difference]] = [:]
    for difference in differences where difference.canBePatched {
        if groups[difference.object] == nil { order.append(difference.object) }
        groups[difference.object, default: []].append(difference)
    }
    return order.map { key in
        .mapping([
            (
                "target",
                .mapping([
                    ("kind", .string(key.kind)), ("name", .string(key.name)),
                    ("namespace", key.namespace.isEmpty ? nil : .string(key.namespace)),
                ])
            ),
            ("json", .list((groups[key] ?? []).map(\.operation))),
        ])
    }
}

extension Difference {
    /// Whether a patch may and can make the object like that of the input.
    var canBePatched: Bool {
        !isSecret && !path.isEmpty && path != ["metadata", "name"] && path != ["metadata", "namespace"]
    }

    /// The operation of a JSON patch, with the place of its value.
    fileprivate var operation: SpecValue {
        guard let given else { return .mapping([("op", .plain("remove")), ("path", .string(pointer))]) }
        let value = SpecValue(copying: given, isNoted: false)
        return .mapping(
            [("op", .plain(generated == nil ? "add" : "replace")), ("path", .string(pointer)), ("value", value)],
            given.home)
    }
}
