import Diagnostics
import YAML

extension BuiltObject {
    /// Moves the object into a kustomization's namespace.
    mutating func move(to namespace: Node) {
        let place = namespace.range
        if kind == .namespace {
            replace(root.editing(["metadata", "name"], creatingAt: place) { _ in namespace })
        } else if !isKnownWithoutNamespace {
            replace(root.editing(["metadata", "namespace"], creatingAt: place) { _ in namespace })
        }
        if kind.name == "RoleBinding" || kind.name == "ClusterRoleBinding" {
            // Other ServiceAccounts change when references are updated.
            replace(
                root.editing(["subjects"], creatingAt: nil) { subjects in
                    guard let subjects, let items = subjects.items else { return subjects }
                    let moved = items.map {
                        $0["name"]?.text == "default" ? $0.with("namespace", place, namespace) : $0
                    }
                    return Node(.sequence(moved), subjects.range)
                })
        }
        if kind.name == "APIService" {
            replace(root.editing(["spec", "service", "namespace"], creatingAt: place) { _ in namespace })
        }
    }

    /// Adds a prefix or suffix to the name.
    mutating func rename(prefix: String?, suffix: String?) {
        if ["CustomResourceDefinition", "APIService", "Namespace"].contains(kind.name) { return }
        replace(
            root.editing(["metadata", "name"], creatingAt: nil) { name in
                name?.text.flatMap { name?.saying((prefix ?? "") + $0 + (suffix ?? "")) }
            })
        if let prefix { prefixes.append(prefix) }
        if let suffix { suffixes.append(suffix) }
    }

    /// Whether its kind is cluster-scoped for kustomize, which treats unknown kinds as namespaced.
    private var isKnownWithoutNamespace: Bool {
        kind.isClusterScoped && (kind.group.isEmpty || kind.group.hasSuffix(".k8s.io"))
            && kind.group != "resource.k8s.io"
            || ["IngressClass", "RuntimeClass", "CSIDriver", "FlowSchema", "PriorityLevelConfiguration", "Node"]
                .contains(
                    kind.name)
    }
}
