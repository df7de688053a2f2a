import Groundwork

extension Rule {
    static let missingServiceAccount = Rule(
        "missing-service-account", .structure, elsewhere: .onEvidence,
        why: "pods of a ServiceAccount that does not exist are never created",
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
            """
        ]
    ) { tree, findings in
        let accounts = Dictionary(grouping: tree.objects(.serviceAccount), by: \.namespace)
        for workload in tree.workloads {
            guard let name = workload.pod.spec["serviceAccountName"], let text = name.text, text != "default",
                let here = accounts[workload.object.namespace],
                tree.object(.serviceAccount, text, in: workload.object.namespace) == nil
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) run as ServiceAccount `\(text)`, which does not exist",
                at: name.place,
                label: "no such ServiceAccount in namespace `\(workload.object.namespace)`",
                help: meant(name, here.map(\.name)))
        }
    }
}
