import Groundwork

extension Rule {
    static let unofferedResource = Rule(
        "unoffered-resource", .scheduling, elsewhere: .mildly,
        why:
            "Karpenter knows whole GPUs only; without a NodeOverlay it starts no node for slices, shares and huge pages",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {limits: {nodes: 2}}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: In, values: [a]}
              capacity: {nvidia.com/mig-1g.10gb: 56}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/mig-1g.10gb: 1}}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {limits: {nodes: 2}}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: In, values: [b]}
              capacity: {nvidia.com/mig-1g.10gb: 56}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {limits: {↓nvidia.com/mig-1g.10gb: 1}}
            """
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where !workload.isDaemon && !reach.tolerated.isEmpty {
            for request in workload.pod.gpus + workload.pod.hugePages
            where !reach.tolerated.contains(where: { tree.offers(request.resource, $0) }) {
                findings.add(
                    "the pods of \(workload.object.words) ask for `\(request.resource)`, which no NodePool of theirs has",
                    at: request.place, label: "Karpenter starts no node for this",
                    notes: reach.tolerated.prefix(1).map { tree.nodes[$0].object.note("they may use this NodePool") },
                    help: "a NodeOverlay tells Karpenter what a node of the pool offers")
            }
        }
    }
}

extension Inventory.Pod {
    /// What the containers ask of huge pages, which Karpenter does not count.
    fileprivate var hugePages: [Inventory.DeviceRequest] {
        containers.flatMap { container in
            (container.value["resources"]?["limits"]?.entries ?? []).filter { $0.key.hasPrefix("hugepages-") }.map {
                Inventory.DeviceRequest(resource: $0.key, count: 1, place: $0.keyPlace)
            }
        }
    }
}
