import Groundwork

extension Rule {
    static let serviceAccountNotFound = Rule(
        "service-account-not-found", .structure, inPartialTree: .warnOnEvidence,
        why: "the API server rejects pods whose ServiceAccount does not exist",
        accepts: [
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {serviceAccountName: a}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: b}
            spec: {serviceAccountName: default}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {serviceAccountName: made-elsewhere}
            """,
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai}
            spec: {template: {spec: {serviceAccountName: a}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b, namespace: elsewhere}
            spec: {template: {spec: {serviceAccountName: b}}}
            """,
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec: {jobTemplate: {spec: {template: {spec: {serviceAccountName: a}}}}}
            --- # kustomization.yaml
            namePrefix: dev-
            resources: [example.yaml]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: models}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {serviceAccountName: ↓model}
            """,
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: b}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec: {template: {spec: {serviceAccountName: ↓a}}}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a, namespace: ai}
            spec: {jobTemplate: {spec: {template: {spec: {serviceAccountName: ↓b}}}}}
            """,
        ]
    ) { tree, findings in
        let accounts = Dictionary(grouping: tree.objects(.serviceAccount), by: \.namespace)
        for workload in tree.workloads {
            guard let name = workload.pod.spec["serviceAccountName"], let text = name.text, text != "default",
                let here = accounts[workload.object.namespace],
                tree.object(.serviceAccount, text, in: workload.object.namespace) == nil,
                !tree.scope.hasElsewhere("ServiceAccount", text, in: workload.object.namespace)
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) run as ServiceAccount `\(text)`, which does not exist",
                at: name.place,
                label: "no such ServiceAccount in namespace `\(workload.object.namespace)`",
                help: meant(name, here.map(\.name)))
        }
    }
}
