import Groundwork

extension Rule {
    static let namespaceNotFound = Rule(
        "namespace-not-found", .structure, inPartialTree: .warnOnEvidence,
        why: "the API server rejects objects in a namespace that does not exist",
        accepts: [
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: ai}
            spec: {}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: kube-system}
            spec: {}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: ai}
            spec: {}
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {}}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a, namespace: default}
            spec: {template: {spec: {}}}
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: models}
            spec: {}
            --- # kustomization.yaml
            namespace: ai
            resources: [example.yaml]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: ↓ia}
            spec: {}
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a, namespace: ↓ai-prod}
            spec: {jobTemplate: {spec: {template: {spec: {}}}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a, namespace: ↓kube-systems}
            spec: {template: {spec: {}}}
            """,
        ]
    ) { tree, findings in
        // A tree that creates no namespace uses existing ones.
        let created = tree.objects(.namespace).map(\.name)
        guard !created.isEmpty else { return }
        var known = Set(created).union(["default", "kube-system", "kube-public", "kube-node-lease"])
        for workload in tree.workloads
        where !workload.object.isInOpenNamespace && known.insert(workload.object.namespace).inserted {
            let object = workload.object
            guard let written = object.root["metadata"]?["namespace"],
                !tree.scope.hasForeignPods(in: object.namespace)
            else { continue }
            findings.add(
                "\(object.words) is in namespace `\(object.namespace)`, which the tree does not create",
                at: written.place,
                label: "no such Namespace",
                notes: tree.objects(.namespace).prefix(1).map { $0.note("the tree creates this one") },
                help: meant(written, created))
        }
    }
}
