import Groundwork

extension Rule {
    static let rolloutExceedsGpuLimit = Rule(
        "rollout-exceeds-gpu-limit", .scheduling, .warning,
        why:
            "a rolling update starts a new pod before it stops an old one; if the NodePools have no GPU left for it, the "
            + "rollout never ends",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 2}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6e.2xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            """,
            """
            # The old pod stops first.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 2}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6e.2xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              strategy: {type: Recreate}
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              replicas: 1
              strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            """,
            """
            # A quarter of four may be unavailable, and a StatefulSet replaces one pod after the other.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 4
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: b}
            spec:
              replicas: 4
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 1}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6e.2xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: ↓1
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            """,
            """
            # All that the pool allows is in use by its workloads together.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 16}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              strategy: ↓{rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8}}}]}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: b}
            spec:
              replicas: 1
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8}}}]}}
            """,
            """
            # A static pool of two nodes, and two replicas without a surplus.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6e.2xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: ↓2
              template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}
            """,
        ]
    ) { tree, findings in
        var taken: [[Int]: Int] = [:]
        var counted: [[Int]: Set<ObjectReference>] = [:]
        func pools(_ reach: Inventory.Reach, _ workload: Inventory.Workload) -> [Int] {
            reach.admitted.filter { reach.tolerated.contains($0) || workload.names(tree.nodes[$0]) }
        }
        for (workload, reach) in tree.reachingWorkloads where workload.isSteady && workload.asksForGPUs {
            let own = pools(reach, workload)
            let gpus = tree.gpuDemand(of: workload).filter { $0.resource == "nvidia.com/gpu" }.reduce(0) {
                $0 + $1.count
            }
            taken[own, default: 0] += gpus * tree.leastReplicas(of: workload)
            counted[own, default: []].insert(workload.object.reference)
        }
        for (workload, reach) in tree.reachingWorkloads where workload.object.kind == .deployment {
            let own = pools(reach, workload)
            let replicas = tree.leastReplicas(of: workload)
            guard workload.asksForGPUs, replicas > 0, workload.stopsNoneFirst(replicas),
                let request = tree.gpuDemand(of: workload).first(where: { $0.resource == "nvidia.com/gpu" }),
                request.count > 0, let room = tree.room(for: request, in: own).room, room >= replicas
            else { continue }
            let others = counted[own]?.count ?? 0 > 1 ? (taken[own] ?? 0) - request.count * replicas : 0
            let used = replicas + (others + request.count - 1) / request.count
            guard used >= room, used - replicas < room else { continue }
            let spec = workload.object.spec
            findings.add(
                "a rollout of \(workload.object.words) needs \(request.count) more GPU\(request.count == 1 ? "" : "s"), "
                    + "but its NodePools allow only the \(room * request.count) in use",
                at: (spec?["strategy"] ?? spec?["replicas"] ?? workload.object.root["metadata"]?["name"])?.place
                    ?? workload.object.place,
                label: "the new pod stays pending, and the old one is kept",
                notes: own.prefix(1).map { pool in
                    let object = tree.nodes[pool].object
                    return .init("the limit is here", at: object.spec?["limits"]?.place ?? object.place)
                },
                help: "set `maxSurge: 0` and `maxUnavailable: 1`, use `Recreate`, or raise the limit")
        }
    }
}

extension Inventory {
    /// The minimum of replicas of a workload.
    fileprivate func leastReplicas(of workload: Workload) -> Int {
        let written = workload.object.spec?["replicas"]?.integer ?? 1
        return autoscalers(of: workload.object.reference).first.map { max($0.minimum, 0) } ?? written
    }
}

extension Inventory.Workload {
    /// Whether its pods run all the time.
    fileprivate var isSteady: Bool { object.kind == .deployment || object.kind == .statefulSet }

    /// Whether a rolling update of a Deployment starts a new pod before it stops one.
    fileprivate func stopsNoneFirst(_ replicas: Int) -> Bool {
        let strategy = object.spec?["strategy"]
        if strategy?["type"]?.text == "Recreate" { return false }
        let update = strategy?["rollingUpdate"]
        let unavailable =
            update?["maxUnavailable"].map { $0.share(of: replicas, roundingUp: false) }
            ?? wholeNumber((Double(replicas) * Thresholds.defaultUnavailable.value).rounded(.down))
        return unavailable == 0
    }
}

extension ManifestValue {
    /// A count of replicas, or the percentage of a number of them.
    func share(of replicas: Int, roundingUp: Bool) -> Int {
        if let count = integer { return count }
        guard let text, text.hasSuffix("%"), let percent = Double(text.dropLast()) else { return count ?? 0 }
        let share = Double(replicas) * percent / 100
        return wholeNumber(share.rounded(roundingUp ? .up : .down))
    }
}
