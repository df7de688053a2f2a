import Groundwork

/// Tells whether a field that only one side has means nothing: the server writes it, a controller owns it, or it is a default.
func isServerMade(_ value: ManifestValue, at path: [String], of kind: String, in parent: ManifestValue) -> Bool {
    if value.isNull { return true }
    if path.count == 1, ["status", "apiVersion", "kind"].contains(path[0]) { return true }
    if path.first == "metadata", isMetadataOfServer(path) { return true }
    if let special = specialDefault(value, path, kind, parent) { return special }
    if let defaults = ServerDefault.byKey[Substring(path.last ?? "")] {
        for known in defaults where known.kinds.isEmpty || known.kinds.contains(kind) {
            if known.isOf(path), known.value == "*" || isEqual(value, to: known.value) { return true }
        }
    }
    if let last = path.last, last.allSatisfy(\.isNumber), let known = ServerDefault.byKey["*"] {
        for known in known where known.kinds.contains(kind) && known.isOf(path) && isEqual(value, to: known.value) {
            return true
        }
    }
    // A mapping or list of nothing but defaults is one itself; an empty one may have a meaning.
    if let entries = value.entries, !entries.isEmpty {
        return entries.allSatisfy { isServerMade($0.value, at: path + [$0.key], of: kind, in: value) }
    }
    if let items = value.items, !items.isEmpty, kind != "NodePool" || path.contains("budgets") {
        return items.enumerated().allSatisfy { isServerMade($1, at: path + ["\($0)"], of: kind, in: value) }
    }
    return false
}

/// Metadata that the API server and controllers write.
private func isMetadataOfServer(_ path: [String]) -> Bool {
    guard path.count > 1 else { return false }
    switch path[1] {
    case "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "finalizers", "generation",
        "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid", "generateName":
        return true
    case "annotations": return path.count > 2 && serverAnnotations.contains(path[2])
    case "labels": return path.count > 2 && serverLabels.contains(path[2])
    default: return false
    }
}

/// Labels that the API server, KEDA and the controllers of GitOps write.
private let serverLabels: Set = [
    "kubernetes.io/metadata.name", "scaledobject.keda.sh/name", "argocd.argoproj.io/instance",
    "kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace", "helm.toolkit.fluxcd.io/name",
    "helm.toolkit.fluxcd.io/namespace",
]

private let serverAnnotations: Set = [
    "deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration",
    "deprecated.daemonset.template.generation", "argocd.argoproj.io/tracking-id",
    "karpenter.k8s.aws/ec2nodeclass-hash", "karpenter.k8s.aws/ec2nodeclass-hash-version",
    "karpenter.sh/nodepool-hash", "karpenter.sh/nodepool-hash-version", "kustomize.toolkit.fluxcd.io/checksum",
    "autoscaling.keda.sh/paused-replicas-original", "pv.kubernetes.io/bind-completed",
    "control-plane.alpha.kubernetes.io/leader", "argocd.argoproj.io/installation-id", "prometheus-operator-validated",
    "pv.kubernetes.io/bound-by-controller", "volume.kubernetes.io/storage-provisioner",
    "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/selected-node", "meta.helm.sh/release-name",
    "meta.helm.sh/release-namespace",
]

/// Defaults that follow from another field; nil where there is no such rule.
private func specialDefault(
    _ value: ManifestValue, _ path: [String], _ kind: String, _ parent: ManifestValue
) -> Bool? {
    switch path.last {
    case "imagePullPolicy":
        let image = parent["image"]?.text ?? ""
        let tag = image.split(separator: "/").last.map { $0.contains(":") || image.contains("@") } ?? false
        return value.text == (tag && !image.hasSuffix(":latest") ? "IfNotPresent" : "Always")
    case "serviceAccount": return value.text == parent["serviceAccountName"]?.text
    case "targetPort": return value.text == parent["port"]?.text
    case "clusterIP" where kind == "Service": return value.text != "None"
    // An autoscaler or an operator owns the replicas that nothing sets.
    case "replicas" where path == ["spec", "replicas"] && (kind == "Deployment" || kind == "StatefulSet"): return true
    default: return nil
    }
}

/// Compares a value with the text of a default.
private func isEqual(_ value: ManifestValue, to text: String) -> Bool {
    if text == "{}" { return value.kind == .mapping && value.isEmpty }
    guard let own = value.text else { return false }
    if own == text { return true }
    return value.kind == .string ? value.seconds.map { $0 == seconds(text) } ?? false : false
}

/// The seconds of a default in hours.
private func seconds(_ text: String) -> Double? {
    text.hasSuffix("h") ? Double(text.dropLast()).map { $0 * 3600 } : nil
}

/// Tells whether two scalars mean the same: as quantities and durations where they are such.
func isSame(_ left: ManifestValue, _ right: ManifestValue, at path: [String]) -> Bool {
    if left.isNull || right.isNull { return left.isNull == right.isNull }
    guard let one = left.text, let other = right.text else { return false }
    if one == other, left.kind == right.kind { return true }
    if path.contains(where: { quantities.contains($0) }), let first = Quantity(one), first == Quantity(other) {
        return true
    }
    if path.contains(where: { durations.contains($0) }), let first = left.seconds, first == right.seconds {
        return true
    }
    return left.kind != .string && right.kind != .string && left.number != nil && left.number == right.number
}

private let quantities: Set = [
    "limits", "requests", "hard", "capacity", "systemReserved", "kubeReserved", "evictionHard", "sizeLimit", "storage",
    "averageValue", "tolerance", "divisor", "volumeSize", "used",
]
private let durations: Set = [
    "consolidateAfter", "expireAfter", "terminationGracePeriod", "duration", "interval", "scrapeTimeout", "for",
    "retryInterval", "timeout",
]
