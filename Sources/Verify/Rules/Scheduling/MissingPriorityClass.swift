import Groundwork

extension Rule {
    static let missingPriorityClass = Rule(
        "missing-priority-class", .scheduling, elsewhere: .onEvidence,
        why: "a pod that names a PriorityClass which does not exist is refused when it is created",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template: {spec: {priorityClassName: high}}
            ---
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 100
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template: {spec: {priorityClassName: system-node-critical}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template: {spec: {priorityClassName: ↓hihg}}
            ---
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 100
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            guard let name = workload.pod.spec["priorityClassName"], let text = name.text, !text.hasPrefix("system-"),
                tree.object(.priorityClass, text) == nil
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) have PriorityClass `\(text)`, which does not exist",
                at: name.place, label: "no such PriorityClass",
                help: meant(name, tree.objects(.priorityClass).map(\.name)))
        }
    }
}
