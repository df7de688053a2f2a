import Groundwork

/// A value in which a generated object differs from the existing one.
package struct Difference: Sendable {
    package let object: ObjectKey
    /// Its path in the object, as the steps of a JSON pointer.
    package let path: [String]
    /// The value that the spec gives; nil if it gives none.
    package let generated: ManifestValue?
    /// The value of the input; nil if it has none.
    package let given: ManifestValue?
    /// Whether a credential is part of it, which is not shown.
    package let isSecret: Bool

    package var effect: Effect { Effect(of: object.kind, at: path) }

    /// The path as a JSON pointer.
    package var pointer: String {
        path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }
}

/// Finds what differs between a generated object and the existing one, after defaulting.
///
/// Applied in their order as operations of a JSON patch, the differences turn the one into the other.
package func differences(_ generated: ImportedObject, _ given: ImportedObject) -> [Difference] {
    var comparison = Comparison(key: generated.key)
    comparison.compare(generated.root, given.root, at: [])
    return comparison.found
}

/// The comparison of two objects.
private struct Comparison {
    let key: ObjectKey
    var found: [Difference] = []
    /// Whether a credential is among what is being compared.
    var isHidden = false

    /// Compares two values, mappings key by key.
    mutating func compare(_ generated: ManifestValue, _ given: ManifestValue, at path: [String]) {
        let wasHidden = isHidden
        defer { isHidden = wasHidden }
        if let own = generated.entries, let other = given.entries {
            let names = [generated["name"]?.text, given["name"]?.text].compactMap { $0 }
            if generated["value"] != nil || given["value"] != nil, names.contains(where: isSecretName) {
                isHidden = true
            }
            for entry in own {
                let step = path + [entry.key]
                // A namespace that is not written may be any.
                if step == ["metadata", "namespace"], given[entry.key] == nil { continue }
                if let value = given[entry.key], !value.isNull {
                    compare(entry.value, value, at: step)
                } else if !isServerMade(entry.value, at: step, of: key.kind, in: generated) {
                    add(step, entry.value, nil)
                }
            }
            for entry in other where generated[entry.key] == nil {
                let step = path + [entry.key]
                if !isServerMade(entry.value, at: step, of: key.kind, in: given) { add(step, nil, entry.value) }
            }
        } else if let own = generated.items, let other = given.items {
            if own.allSatisfy({ $0.text != nil }), generated.holdsSecret || given.holdsSecret { isHidden = true }
            compare(own, other, (generated, given), at: path)
        } else if generated.entries != nil || generated.items != nil || given.entries != nil || given.items != nil
            || !isSame(generated, given, at: path)
        {
            add(path, generated, given)
        }
    }

    /// Compares lists by what their items are called, so that one more item is one difference.
    private mutating func compare(
        _ own: [ManifestValue], _ other: [ManifestValue], _ whole: (ManifestValue, ManifestValue), at path: [String]
    ) {
        let (names, others) = (identities(own), identities(other))
        let common = names.filter(Set(others).contains)
        let alike = common.count * 2 >= max(names.count, others.count)
        guard alike || names.count == others.count, common == others.filter(Set(names).contains) else {
            return add(path, whole.0, whole.1)
        }
        if !alike {
            for (index, pair) in zip(own, other).enumerated() { compare(pair.0, pair.1, at: path + ["\(index)"]) }
            return
        }
        for index in names.indices.reversed() where !others.contains(names[index]) {
            add(path + ["\(index)"], own[index], nil)
        }
        for (index, name) in others.enumerated() where !names.contains(name) {
            add(path + ["\(index)"], nil, other[index])
        }
        for (index, name) in others.enumerated() {
            if let mine = names.firstIndex(of: name) { compare(own[mine], other[index], at: path + ["\(index)"]) }
        }
    }

    /// Records a difference.
    private mutating func add(_ path: [String], _ generated: ManifestValue?, _ given: ManifestValue?) {
        let isSecret =
            isHidden || generated?.holdsSecret == true || given?.holdsSecret == true
            || key.kind == "ConfigMap" && path.last.map(isSecretName) == true
        found.append(Difference(object: key, path: path, generated: generated, given: given, isSecret: isSecret))
    }
}

/// What the items of a list are called, with a number where several are called the same.
private func identities(_ items: [ManifestValue]) -> [String] {
    var counts: [String: Int] = [:]
    return items.map { item in
        let name = identity(item)
        counts[name, default: 0] += 1
        return "\(name)#\(counts[name] ?? 0)"
    }
}

/// What an item is called: the flag of an argument, or the value of the key that names it.
private func identity(_ item: ManifestValue) -> String {
    if let text = item.text {
        return text.hasPrefix("--") ? String(text.prefix { $0 != "=" }) : text
    }
    for key in ["name", "key", "alert", "record", "type", "mountPath", "containerPort", "port"] {
        if let text = item[key]?.text { return "\(key) \(text)" }
    }
    return ""
}
