import YAML

/// Updates references to objects that were renamed or moved.
func updateReferences(among objects: inout [BuiltObject], _ references: [NameReference]) {
    guard objects.contains(where: { $0.identities.count > 1 }) else { return }
    var targets: [String: [BuiltObject]] = [:]
    for object in objects where object.identities.count > 1 { targets[object.kind.name, default: []].append(object) }
    for index in objects.indices {
        for reference in references {
            guard let candidates = targets[reference.target] else { continue }
            for field in reference.fields where field.isOf(objects[index].kind) {
                let referrer = Referrer(object: objects[index], candidates: candidates, target: reference)
                objects[index].edit(field, at: objects[index].root.range) { $0.map(referrer.updated) }
            }
        }
    }
}

/// An object that refers to others, and its possible targets.
private struct Referrer {
    let object: BuiltObject
    let candidates: [BuiltObject]
    let target: NameReference

    /// Updates a reference to the current name of its object: a name, a mapping with one, or a list of these.
    func updated(_ node: Node) -> Node {
        switch node.content {
        case .scalar:
            guard let name = node.text, let meant = meant(name, nil) else { return node }
            return meant.identity.name == name ? node : node.saying(meant.identity.name)
        case .sequence(let items): return Node(.sequence(items.map(updated)), node.range)
        case .mapping:
            guard let name = node["name"], let text = name.text, let meant = meant(text, node["namespace"]?.text) else {
                return node
            }
            let named = node.with("name", name.range, name.saying(meant.identity.name))
            guard let namespace = meant.root["metadata"]?["namespace"] else { return named }
            return named.with("namespace", namespace.range, namespace)
        }
    }

    /// The changed object that a name refers to; nil if there is none or it is ambiguous.
    private func meant(_ name: String, _ namespace: String?) -> BuiltObject? {
        var found = candidates.filter { candidate in
            candidate.identities.dropLast().contains { $0.name == name }
                && (target.group == nil || candidate.kind.group == target.group) && isReachable(candidate)
                && (namespace == nil
                    || [candidate.identities[0].namespace, candidate.identity.namespace].contains(namespace))
        }
        if object.root["roleRef"]?["kind"]?.text.map({ $0 != target.target }) ?? false, target.target.hasSuffix("Role")
        {
            return nil
        }
        if found.count > 1 { found.removeAll { !isAlike($0) } }
        guard let first = found.first, found.allSatisfy({ $0.identity.name == first.identity.name }) else { return nil }
        return first
    }

    /// Tells whether the object can refer to a candidate, given their namespaces.
    private func isReachable(_ candidate: BuiltObject) -> Bool {
        object.kind.isClusterScoped || candidate.kind.isClusterScoped || candidate.kind == .serviceAccount
            || candidate.identity.namespace == object.identity.namespace
    }

    /// Tells whether a candidate has the same prefixes and suffixes.
    private func isAlike(_ candidate: BuiltObject) -> Bool {
        func endAlike(_ left: [String], _ right: [String]) -> Bool {
            zip(left.reversed(), right.reversed()).allSatisfy { $0 == $1 }
        }
        return endAlike(candidate.prefixes, object.prefixes) && endAlike(candidate.suffixes, object.suffixes)
    }
}
