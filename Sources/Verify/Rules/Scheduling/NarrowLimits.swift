import Groundwork

extension Rule {
    static let narrowLimits = Rule(
        "narrow-limits", .scheduling, elsewhere: .mildly,
        why: "replicas that the limits of their NodePools do not hold stay pending, however high the load",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {limits: {nvidia.com/gpu: 8}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                spec:
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 4}}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nodes: 2}
              template:
                spec:
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 3}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, maxReplicaCount: ↓5}
            """
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.asksForGPUs && !workload.isDaemon {
            let most = tree.mostReplicas(of: workload)
            let own = reach.admitted.filter { reach.tolerated.contains($0) || workload.names(tree.nodes[$0]) }
            for request in tree.gpuDemand(of: workload) {
                let pools = own.filter { tree.offers(request.resource, $0) }
                let rooms = pools.map { pool -> Int? in
                    let offering = tree.offering(request.resource, of: pool)
                    // How many instances a GPU is cut into is not written where nobody has to be told.
                    if offering == nil, tree.isCut(pool) { return nil }
                    return tree.nodes[pool].room(for: request.count, of: request.resource, offering: offering)
                }
                let room = rooms.contains(nil) ? nil : rooms.compactMap { $0 }.reduce(0, +)
                guard !pools.isEmpty, let room, room < most.count else { continue }
                findings.add(
                    "\(workload.object.words) may have \(most.count) replicas with \(request.count) "
                        + "`\(request.resource)` each, and the limits of its NodePools hold \(room)",
                    at: most.place ?? request.place, label: "more than the limits hold",
                    notes: zip(pools, rooms).map { pool, room in
                        let (words, pool) = (tree.nodes[pool].words, tree.nodes[pool].object)
                        let place = pool.spec?["limits"]?.place ?? pool.place
                        return .init("\(words) holds \(room ?? 0)", at: place)
                    })
            }
        }
    }
}
