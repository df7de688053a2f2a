import Groundwork

extension Rule {
    static let bindingRoleNotFound = Rule(
        "binding-role-not-found", .structure, inPartialTree: .warnOnEvidence,
        why: "a binding to a role that does not exist grants nothing",
        accepts: [
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            roleRef: {kind: Role, name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            roleRef: {kind: ClusterRole, name: view}
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gpu-operator}
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a, namespace: ai}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:auth-delegator"}
            """,
        ],
        rejects: [
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            roleRef: {kind: Role, name: ↓b}
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ↓a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: models}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ↓model}
            """,
        ]
    ) { tree, findings in
        let clusterRoles = tree.objects(.clusterRole).map(\.name)
        let known = Set(clusterRoles + ["cluster-admin", "admin", "edit", "view"])
        for binding in tree.objects(.roleBinding) + tree.objects(.clusterRoleBinding) {
            guard let name = binding.root["roleRef"]?["name"], let text = name.text,
                let kind = binding.root["roleRef"]?["kind"]?.text
            else { continue }
            if kind == "Role", tree.object(.role, text, in: binding.namespace) != nil { continue }
            // A tree without ClusterRoles may use existing ones.
            if kind == "ClusterRole", clusterRoles.isEmpty || known.contains(text) || text.hasPrefix("system:") {
                continue
            }
            let others = kind == "Role" ? tree.objects(.role).map(\.name) : clusterRoles
            findings.add(
                "\(binding.words) grants \(kind) `\(text)`, which does not exist", at: name.place,
                label: "no such \(kind)",
                help: meant(name, others))
        }
    }
}
