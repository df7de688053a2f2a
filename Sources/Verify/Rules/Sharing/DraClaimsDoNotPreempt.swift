import Groundwork

extension Rule {
    static let draClaimsDoNotPreempt = Rule(
        "dra-claims-do-not-preempt", .sharing, .warning,
        why:
            "the scheduler does not preempt pods for devices: even a high-priority pod stays pending until a GPU is released",
        accepts: [
            """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 1000
            preemptionPolicy: Never
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  priorityClassName: high
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: low}
            value: -10
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  priorityClassName: low
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 1000
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  priorityClassName: high
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
        ],
        rejects: [
            """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 1000
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  priorityClassName: ↓high
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 1
            preemptionPolicy: PreemptLowerPriority
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      priorityClassName: ↓high
                      resourceClaims: [{name: gpu, resourceClaimName: a}]
                      containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where !workload.pod.claims.isEmpty {
            guard let name = workload.pod.spec["priorityClassName"],
                let priority = tree.object(.priorityClass, name.text ?? ""),
                priority.root["preemptionPolicy"]?.text != "Never", (priority.root["value"]?.integer ?? 0) > 0
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) claim devices, for which the scheduler does not preempt other pods",
                at: name.place,
                label: "affects only the order of the scheduling queue",
                notes: [priority.note("this PriorityClass allows preemption")],
                help: "reserve the capacity, or set `preemptionPolicy: Never`")
        }
    }
}
