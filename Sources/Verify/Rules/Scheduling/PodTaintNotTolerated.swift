extension Rule {
    static let podTaintNotTolerated = Rule(
        "pod-taint-not-tolerated", .scheduling,
        why: "a pod that selects a NodePool but does not tolerate its taints is never scheduled there",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {pool: a}}
                spec:
                  taints: [{key: pool, value: a, effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {pool: a}
                  tolerations: [{key: pool, value: a, effect: NoSchedule}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {pool: a}}
                spec:
                  taints: [{key: pool, value: a, effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {pool: a}
                  # Whatever its value.
                  tolerations: [{key: pool, operator: Exists}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {pool: a}}
                spec:
                  taints: [{key: pool, value: a, effect: PreferNoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.sh/nodepool: a}
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {pool: a}}
                spec:
                  taints: [{key: pool, value: a, effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions: [{key: pool, operator: NotIn, values: [a]}]
                  containers: [{name: a}]
            """,
            """
            # The pods run on the nodes of the other NodePool.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {intent: apps}}
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                metadata: {labels: {intent: apps}}
                spec:
                  taints: [{key: intent, value: split, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {nodeSelector: {intent: apps}, containers: [{name: a}]}}}
            """,
        ],
        rejects: [
            """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: a, region: us-east-1}
            managedNodeGroups:
            - name: gpus
              instanceType: p5.48xlarge
              labels: {pool: a}
              taints: [{key: pool, value: a, effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {↓pool: a}
                  tolerations: [{key: pool, value: b}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {pool: a}}
                spec:
                  taints: [{key: pool, value: a, effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions:
                          - {key: ↓pool, operator: In, values: [a]}
                  tolerations: [{key: pool, value: b}]
            """,
            """
            # It tolerates another effect.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {pool: a}}
                spec:
                  taints: [{key: pool, value: a, effect: NoExecute}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {↓karpenter.sh/nodepool: a}
                  tolerations: [{key: pool, operator: Exists, effect: NoSchedule}]
                  containers: [{name: a}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where !workload.isGPUDaemon {
            for pool in reach.admitted.map({ tree.nodes[$0] }) where workload.names(pool) {
                guard let taint = workload.pod.obstacle(of: pool) else { continue }
                // Pods that select several pools by one label run on those whose taints they tolerate.
                if reach.mayRun(workload, tree), !tree.isNamedAlone(pool, by: workload) { continue }
                findings.add(
                    "the pods of \(workload.object.words) select \(pool.words), but do not tolerate its taint "
                        + "`\(taint.words)`",
                    at: workload.pod.nodes.place ?? workload.object.place, label: "selects these nodes",
                    notes: [.init("the taint is here", at: taint.place)],
                    help: "tolerate the key `\(taint.key)`, or exclude these nodes")
            }
        }
    }
}

extension Inventory {
    /// Tells whether a workload selects a pool by a label that no other pool has.
    fileprivate func isNamedAlone(_ pool: Pool, by workload: Workload) -> Bool {
        workload.pod.nodes.contains { requirement in
            guard requirement.relation == .among, let value = pool.labels[requirement.key],
                requirement.values.contains(value)
            else { return false }
            return nodes.count { $0.labels[requirement.key] == value } == 1
        }
    }
}

extension Inventory.Reach {
    /// Whether a pool that the pods select by a label of its own remains.
    fileprivate func mayRun(_ workload: Inventory.Workload, _ tree: Inventory) -> Bool {
        tolerated.contains { workload.names(tree.nodes[$0]) }
    }
}
