import Groundwork

extension Rule {
    static let priorityclassNotFound = Rule(
        "priorityclass-not-found", .scheduling, inPartialTree: .warnOnEvidence,
        why: "the API server rejects a pod whose PriorityClass does not exist",
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
            """
            # Pods need not name one.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a}]
            ---
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 100
            globalDefault: true
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  priorityClassName: system-cluster-critical
                  containers: [{name: a}]
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  priorityClassName: batch
                  restartPolicy: Never
                  containers: [{name: a}]
            --- # priorities/batch.yaml
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: batch}
            value: 100
            preemptionPolicy: Never
            """,
            """
            # An empty name is none.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {priorityClassName: "", containers: [{name: a}]}}}
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
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              priorityClassName: ↓High
              containers: [{name: a}]
            ---
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 100
            """,
            """
            # There is none at all.
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              schedule: "0 3 * * *"
              jobTemplate:
                spec:
                  template:
                    spec:
                      priorityClassName: ↓batch
                      restartPolicy: Never
                      containers: [{name: a}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            guard let name = workload.pod.spec["priorityClassName"], let text = name.text, !text.isEmpty,
                !text.hasPrefix("system-"),
                tree.object(.priorityClass, text) == nil
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) use PriorityClass `\(text)`, which does not exist",
                at: name.place, label: "no such PriorityClass",
                help: meant(name, tree.objects(.priorityClass).map(\.name)))
        }
    }
}
