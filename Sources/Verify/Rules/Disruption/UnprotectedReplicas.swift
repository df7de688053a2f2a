import Groundwork

extension Rule {
    static let unprotectedReplicas = Rule(
        "unprotected-replicas", .disruption, .warning, elsewhere: .onEvidence,
        why: "without a PodDisruptionBudget a drain may take all replicas of a model at once",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}
            """
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ↓a}
            spec:
              replicas: 2
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """
        ]
    ) { tree, findings in
        var protected: Set<Int> = []
        for budget in tree.objects(.podDisruptionBudget) {
            guard let selector = budget.spec?["selector"].map({ LabelSelector($0) }) else { continue }
            protected.formUnion(tree.podLabels.all(matching: selector, in: budget.namespace))
        }
        for (number, workload) in tree.workloads.enumerated() where !protected.contains(number) {
            guard workload.object.kind == .deployment || workload.object.kind == .statefulSet,
                workload.asksForGPUs, tree.mostReplicas(of: workload).count > 1
            else { continue }
            findings.add(
                "\(workload.object.words) has several replicas and no PodDisruptionBudget", at: workload.object.place,
                label: "may be drained at once", evidence: false)
        }
    }
}
