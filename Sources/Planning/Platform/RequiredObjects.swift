import Groundwork

/// An object that the spec names, and that exists or is made outside of the tree.
package struct RequiredObject: Sendable {
    package let kind: String
    package let name: Traced<String>
    package let namespace: Traced<String>
    /// The keys that it must have.
    let keys: [String]
    let model: String

    /// What is required, as a sentence.
    var sentence: String {
        let place = "`\(name.value)` in namespace `\(namespace.value)`"
        if kind == "PersistentVolumeClaim" { return "\(kind) \(place), readable by many nodes, for \(model)." }
        if keys.isEmpty { return "\(kind) \(place), for \(model)." }
        return "\(kind) \(place) with the \(keys.count == 1 ? "key" : "keys") \(enumerated(keys)), for \(model)."
    }
}

/// The Secrets, ConfigMaps, claims and ServiceAccounts that a model's pods name, each once; or the existing workload.
func requiredObjects(_ model: ModelSpec) -> [RequiredObject] {
    var list: [RequiredObject] = []
    func add(_ kind: String, _ name: Traced<String>?, key: String? = nil) {
        guard let name else { return }
        let same = list.firstIndex { $0.kind == kind && $0.name.value == name.value }
        let keys = unique((same.map { list[$0].keys } ?? []) + (key.map { [$0] } ?? []))
        let object = RequiredObject(
            kind: kind, name: name, namespace: model.namespace, keys: keys, model: model.name.value)
        if let same { list[same] = object } else { list.append(object) }
    }
    if let workload = model.serving.workload {
        add(workload.kind.value.rawValue, workload.name)
        add("Service", workload.service)
        return list
    }
    add("Secret", model.weights.tokenSecret, key: "token")
    add("Secret", model.serving.apiKeySecret, key: "api-key")
    add("PersistentVolumeClaim", model.weights.from.compactMap(\.volumeClaim))
    if model.roleArn == nil { add("ServiceAccount", model.serviceAccountName) }
    let pod = model.serving.pod
    for (_, value) in pod.environment {
        add("Secret", value.compactMap { $0.secret?.name }, key: value.value.secret?.key)
        add("ConfigMap", value.compactMap { $0.configMap?.name }, key: value.value.configMap?.key)
    }
    for source in pod.environmentFrom {
        add("Secret", source.secret)
        add("ConfigMap", source.configMap)
    }
    for volume in pod.volumes {
        add("Secret", volume.secret)
        add("ConfigMap", volume.configMap)
        add("PersistentVolumeClaim", volume.claim)
    }
    return list
}
