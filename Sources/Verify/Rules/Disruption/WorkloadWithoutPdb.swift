import Groundwork

extension Rule {
    static let workloadWithoutPdb = Rule(
        "workload-without-pdb", .disruption, .warning, inPartialTree: .warnOnEvidence,
        why: "without a PodDisruptionBudget, draining nodes can evict all replicas of a model at once",
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
            """,
            """
            # No budget can keep the only replica where it is.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 3
              template:
                metadata: {labels: {app: a, tier: serving}}
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: serving}
            spec: {minAvailable: 50%, selector: {matchExpressions: [{key: tier, operator: In, values: [serving]}]}}
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              parallelism: 4
              completions: 4
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
                  restartPolicy: Never
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 3
              template:
                metadata: {labels: {app: gateway}}
                spec:
                  containers: [{name: gateway, resources: {requests: {cpu: 500m}}}]
            """,
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
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ↓a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: 1, maxReplicaCount: 8}
            """,
            """
            # The budget is of other pods.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: ↓a}
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
            spec: {maxUnavailable: 1, selector: {matchLabels: {app: b}}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ↓a, namespace: serving}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: a}}
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a, namespace: default}
            spec: {maxUnavailable: 1, selector: {matchLabels: {app: a}}}
            """,
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
                "\(workload.object.words) has several replicas but no PodDisruptionBudget", at: workload.object.place,
                label: "all replicas can be evicted at once", evidence: false)
        }
    }
}
