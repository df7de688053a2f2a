import Diagnostics
import Groundwork

extension Inventory {
    /// Finds the Services that a ServiceMonitor selects.
    func services(of monitor: KubernetesObject) -> [KubernetesObject] {
        guard let selector = monitor.spec?["selector"].map({ LabelSelector($0) }) else { return [] }
        let choice = monitor.spec?["namespaceSelector"]
        let namespaces =
            choice?["any"]?.boolean == true
            ? serviceLabels.namespaces : choice?["matchNames"]?.texts ?? [monitor.namespace]
        return namespaces.flatMap { serviceLabels.all(matching: selector, in: $0) }.map { services[$0] }
    }

    /// Finds a Service that a ServiceMonitor would select if it selected the Service's namespace.
    func strayService(of monitor: KubernetesObject) -> KubernetesObject? {
        guard let selector = monitor.spec?["selector"].map({ LabelSelector($0) }) else { return nil }
        if monitor.isInOpenNamespace { return nil }
        for namespace in serviceLabels.namespaces where !isOpenNamespace(namespace) {
            if let number = serviceLabels.first(matching: selector, in: namespace) { return services[number] }
        }
        return nil
    }

    /// Points at the workload that a selector without matches may mean: in another namespace, or with one different label.
    func nearest(to selector: LabelSelector, namespace: String) -> [Diagnostic.Note] {
        for other in podLabels.namespaces where !isOpenNamespace(other) {
            guard let workload = workload(matching: selector, in: other) else { continue }
            return [
                workload.object.note(
                    "the pods of \(workload.object.words) have these labels but are in namespace `\(other)`")
            ]
        }
        for pair in selector.labels.pairs {
            let one = LabelSelector(Labels([pair]))
            guard let workload = workload(matching: one, in: namespace) else { continue }
            let labels = workload.labelValue ?? workload.object.root
            let message =
                "the pods of \(workload.object.words) have `\(pair.key): \(pair.value)`, but not the other labels"
            return [Diagnostic.Note(message, at: labels.place)]
        }
        return []
    }
}

extension Inventory {
    /// Tells whether pods have all but one of a selector's labels, or have all of them in another namespace.
    func nearlyMatches(_ selector: LabelSelector, in namespace: String) -> Bool {
        let pairs = selector.labels.pairs
        if podLabels.namespaces.contains(where: {
            $0 != namespace && !isOpenNamespace($0) && workload(matching: selector, in: $0) != nil
        }) {
            return true
        }
        return pairs.count > 1
            && pairs.indices.contains { missing in
                var others = pairs
                others.remove(at: missing)
                return workload(matching: LabelSelector(Labels(others)), in: namespace) != nil
            }
    }
}

extension Inventory {
    /// Tells whether two objects are meant for one cluster.
    ///
    /// Collections of examples have many objects of the namespace `default`, each folder for itself.
    func areTogether(_ first: KubernetesObject, _ second: KubernetesObject) -> Bool {
        if scope.isClosed || first.path == second.path || folder(of: first.path) == folder(of: second.path) {
            return true
        }
        if !first.namespace.isEmpty, first.namespace != "default", first.namespace == second.namespace { return true }
        return scope.built.groups.contains { $0.contains(first.path) && $0.contains(second.path) }
    }
}

extension Inventory {
    /// Tells whether two objects are applied together: they are in one file, or a kustomization, Argo CD or Flux applies both.
    ///
    /// Other files of one folder may be alternatives, as in collections of examples.
    func areApplied(together first: KubernetesObject, _ second: KubernetesObject) -> Bool {
        scope.isClosed || first.path == second.path || first.isLive && second.isLive
            || scope.built.groups.contains { $0.contains(first.path) && $0.contains(second.path) }
    }
}

/// Suggests the name that was most likely meant.
func meant(_ name: ManifestValue, _ candidates: [String]) -> String? {
    let near = candidates.prefix(500).filter { mayBeTypo(name.text ?? "", of: $0) }
    return closest(to: name.text ?? "", among: near).map { "did you mean `\($0)`?" }
}

/// Tells whether a name may be another one with a mistake in it: `knative-serving` is none for `knative-eventing`.
private func mayBeTypo(_ name: String, of other: String) -> Bool {
    let (words, others) = (name.split(separator: "-"), other.split(separator: "-"))
    guard words.count == others.count else {
        // A word may be missing, or a hyphen; a name that only continues another one is a name of its own.
        let (short, long) = words.count < others.count ? (name, other) : (other, name)
        return !long.hasPrefix("\(short)-") || long.utf8.count - short.utf8.count <= 3
    }
    return zip(words, others).allSatisfy { word, other in
        word == other || closest(to: String(word), among: [String(other)]) != nil
    }
}
