extension Rule {
    static let untoleratedByDaemon = Rule(
        "untolerated-by-daemon", .scheduling,
        why: "a GPU node without its device plugin offers no GPU, and one without its exporter is not watched",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints:
                  - {key: pool, value: a, effect: NoSchedule}
                  - {key: nvidia.com/gpu, effect: NoSchedule}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.k8s.aws/instance-gpu-manufacturer: nvidia}
                  tolerations:
                  - {key: pool, operator: Exists}
                  - {key: nvidia.com/gpu, operator: Exists}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints:
                  - {key: pool, value: a, effect: NoSchedule}
                  - {key: nvidia.com/gpu, effect: NoSchedule}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.k8s.aws/instance-gpu-manufacturer: nvidia}
                  ↓tolerations: [{key: nvidia.com/gpu, operator: Exists}]
            """
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.isGPUDaemon {
            var keys: Set<String> = []
            for pool in reach.admitted.map({ tree.nodes[$0] }) where pool.hasGPUs == true {
                guard let taint = workload.pod.obstacle(of: pool), keys.insert(taint.key).inserted else { continue }
                findings.add(
                    "\(workload.object.words) does not tolerate `\(taint.words)`, and has no pod on the nodes of "
                        + pool.words,
                    at: workload.pod.spec.keyPlace("tolerations"), label: "nothing for this taint",
                    notes: [.init("the taint is here", at: taint.place)],
                    help: "tolerate `\(taint.key)` with `operator: Exists`")
            }
        }
    }
}
