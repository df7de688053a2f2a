import Groundwork

extension Rule {
    static let bindingSubjectNotFound = Rule(
        "binding-subject-not-found", .structure, inPartialTree: .warnOnEvidence,
        why:
            "a binding to a ServiceAccount that does not exist leaves the intended ServiceAccount without its "
            + "permissions",
        accepts: [
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a, namespace: gpu}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            subjects:
            - {kind: ServiceAccount, name: a, namespace: gpu}
            - {kind: ServiceAccount, name: b, namespace: elsewhere}
            """,
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            subjects:
            - {kind: User, name: b, apiGroup: rbac.authorization.k8s.io}
            - {kind: Group, name: "system:serviceaccounts:ai", apiGroup: rbac.authorization.k8s.io}
            """,
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            subjects: [{kind: ServiceAccount, name: a, namespace: default}]
            --- # kustomization.yaml
            namePrefix: dev-
            namespace: ai
            resources: [example.yaml]
            """,
            """
            # Every namespace has this one.
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}
            subjects: [{kind: ServiceAccount, name: default}]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: a}
            subjects: [{kind: ServiceAccount, name: ↓b}]
            """,
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: b, namespace: gpu}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: a}
            subjects:
            - {kind: User, name: c}
            - {kind: ServiceAccount, name: ↓a, namespace: gpu}
            """,
        ]
    ) { tree, findings in
        let accounts = Dictionary(grouping: tree.objects(.serviceAccount), by: \.namespace)
        for binding in tree.objects(.roleBinding) + tree.objects(.clusterRoleBinding) {
            for subject in binding.root.items(of: "subjects") where subject["kind"]?.text == "ServiceAccount" {
                let namespace = subject["namespace"]?.text ?? binding.namespace
                guard let name = subject["name"], name.text != "default", let here = accounts[namespace],
                    tree.object(.serviceAccount, name.text ?? "", in: namespace) == nil
                else { continue }
                findings.add(
                    "\(binding.words) binds ServiceAccount `\(name.text ?? "")`, which does not exist in namespace "
                        + "`\(namespace)`",
                    at: name.place, label: "no such ServiceAccount", help: meant(name, here.map(\.name)))
            }
        }
    }
}
