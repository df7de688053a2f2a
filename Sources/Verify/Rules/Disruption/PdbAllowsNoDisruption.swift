import Groundwork

extension Rule {
    static let pdbAllowsNoDisruption = Rule(
        "pdb-allows-no-disruption", .disruption, .warning,
        why:
            "a PodDisruptionBudget that allows no pod to be evicted blocks every drain: updates, drift and consolidation of "
            + "the node wait forever",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {replicas: 2, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}
            """,
            """
            # A percentage of one is rounded up, also what may be unavailable.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec: {replicas: 1, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {maxUnavailable: 20%, selector: {matchLabels: {app: a}}}
            """,
            """
            # The node ends after its grace period all the same.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 1h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8}}}]}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {replicas: 1, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: ↓1, selector: {matchLabels: {app: a}}}
            """,
            """
            # Half of one is one.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: ↓50%, selector: {matchLabels: {app: a}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: b}
            spec: {replicas: 3, template: {metadata: {labels: {app: b}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: b}
            spec: {maxUnavailable: ↓0, selector: {matchLabels: {app: b}}}
            """,
            """
            # At the minimum of its autoscaler none may go.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              minReplicas: 2
              maxReplicas: 8
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: ↓2, selector: {matchLabels: {app: a}}}
            """,
        ]
    ) { tree, findings in
        var grace: [ObjectReference: Bool] = [:]
        for (workload, reach) in tree.reachingWorkloads where !reach.tolerated.isEmpty {
            grace[workload.object.reference] = reach.tolerated.allSatisfy { number in
                tree.nodes[number].object.spec?["template"]?["spec"]?["terminationGracePeriod"] != nil
            }
        }
        for budget in tree.objects(.podDisruptionBudget) {
            guard let spec = budget.spec, let selector = spec["selector"].map({ LabelSelector($0) }),
                let workload = tree.workload(matching: selector, in: budget.namespace), !workload.isDaemon,
                !workload.endsByItself, tree.areTogether(workload.object, budget),
                grace[workload.object.reference] != true
            else { continue }
            let scaler = tree.autoscalers(of: workload.object.reference).first
            let replicas = scaler.map { max($0.minimum, 1) } ?? workload.object.spec?["replicas"]?.integer ?? 1
            let least = spec["minAvailable"]
            // What scales a workload without `replicas` may be elsewhere.
            if !tree.scope.isClosed, scaler == nil, workload.object.spec?["replicas"] == nil { continue }
            guard replicas > 0, let limit = least ?? spec["maxUnavailable"] else { continue }
            let share = limit.share(of: replicas, roundingUp: true)
            guard least != nil ? share >= replicas : share <= 0 else { continue }
            findings.add(
                "\(budget.words) allows none of the \(replicas) replica\(replicas == 1 ? "" : "s") of "
                    + "\(workload.object.words) to be evicted",
                at: limit.place, label: "blocks every drain of the node",
                notes: [
                    scaler.map { $0.object.note("the minimum of the autoscaler counts") }
                        ?? workload.object.note("its replicas are here")
                ],
                help: "set `maxUnavailable: 1`, or run more replicas")
        }
    }
}
