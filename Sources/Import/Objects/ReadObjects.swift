import Diagnostics
import Groundwork
import Verify

/// The objects of an input, and what of it is not imported.
package struct ImportedTree: Sendable {
    package let objects: [ImportedObject]
    /// How many objects were left out because the API server or a controller makes them, or because they are secret.
    package let leftOut: Int

    /// The objects of some kinds.
    func all(_ kinds: String...) -> [ImportedObject] { objects.filter { kinds.contains($0.kind) } }

    /// The object of a kind with a name, in a namespace or in none.
    func object(_ kind: String, _ name: String, in namespace: String = "") -> ImportedObject? {
        let found = objects.filter { $0.kind == kind && $0.name == name }
        return found.first { $0.namespace == namespace } ?? found.first { $0.namespace.isEmpty }
    }
}

/// Reads the Kubernetes objects of trees: each document, each item of a list, and what kustomizations build.
///
/// Specs and values of Helm are none; what a controller or the API server made comes back by itself.
package func readObjects(_ trees: [SourceTree], _ report: inout Report) -> ImportedTree {
    var objects: [ImportedObject] = []
    var leftOut = 0
    for tree in trees {
        let variants = tree.variants(&report)
        if variants.count > 1 {
            report.warning(
                "import-several-variants",
                "the input has \(variants.count) variants of the same objects, and the first is imported",
                at: nil, notes: [.init("overlays of one base are variants: no cluster has two of them")],
                help: ["pass one overlay: `kubectl kustomize overlays/prod | stowage import -`"])
        }
        for root in (variants.first ?? []).flatMap(\.documents).flatMap({ members(of: $0.root) }) {
            guard let object = ImportedObject(root), !foreignGroups.contains(object.key.group) else { continue }
            if object.isMade || object.kind == "Secret" { leftOut += 1 } else { objects.append(object) }
        }
    }
    return ImportedTree(objects: objects, leftOut: leftOut)
}

/// The objects of a compilation.
package func objects(of manifests: [Manifest]) -> [ImportedObject] {
    manifests.filter { !$0.isJSON }.flatMap(\.documents).compactMap { ImportedObject($0.root) }
        .filter { !foreignGroups.contains($0.key.group) }
}

/// The groups of what no API server takes.
private let foreignGroups: Set = ["kustomize.config.k8s.io", "stowage.dev", "config.karpenter.sh"]

/// The objects of a document: the items of a list, otherwise itself.
private func members(of root: ManifestValue) -> [ManifestValue] {
    guard root["kind"]?.text?.hasSuffix("List") == true, let items = root["items"]?.items else { return [root] }
    return items.flatMap { members(of: $0) }
}

/// The kinds that only controllers and the API server make, or that describe the cluster itself.
private let madeKinds: Set = [
    "Pod", "ReplicaSet", "ControllerRevision", "Event", "Endpoints", "EndpointSlice", "Node", "NodeClaim", "Lease",
    "CustomResourceDefinition", "ResourceSlice", "APIService", "CSINode",
]

extension ImportedObject {
    /// Whether the API server or a controller made it.
    fileprivate var isMade: Bool {
        if madeKinds.contains(kind) { return true }
        switch (kind, name) {
        case ("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt"),
            ("ConfigMap", "openshift-service-ca.crt"),
            ("PriorityClass", "system-node-critical"), ("PriorityClass", "system-cluster-critical"):
            return true
        default: break
        }
        return root.at("metadata", "ownerReferences")?.items?.contains {
            $0["controller"]?.boolean == true && $0["uid"] != nil
        } ?? false
    }
}
