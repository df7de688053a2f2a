import Groundwork

extension Rule {
    static let nodepoolMixedGpus = Rule(
        "nodepool-mixed-gpus", .scheduling, .warning,
        why:
            "Karpenter starts the cheapest type that offers a GPU, whatever its memory, so a model may be "
            + "scheduled on a GPU where it does not fit",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge, p4d.24xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.k8s.aws/instance-gpu-name: h100}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # Other GPUs, and the same memory.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p4de.24xlarge, p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g6e.xlarge]}
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
                          - {key: karpenter.k8s.aws/instance-gpu-memory, operator: Gt, values: ["40000"]}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: l4}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: h100}
            spec:
              template:
                spec:
                  taints: [{key: pool, value: h100, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g6e.xlarge]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {node.kubernetes.io/instance-type: g6e.xlarge}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [p4de, p5]}
            ---
            # A MIG profile says its memory, and p4de and p5 have the same.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8}}}]}}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge, g5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]
            """,
            """
            # The manufacturer does not determine the memory.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: inference}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g6e.xlarge]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.sh/nodepool: inference, karpenter.k8s.aws/instance-gpu-manufacturer: nvidia}
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]
            """,
            """
            # A preference rules nothing out.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p4d.24xlarge, p4de.24xlarge]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  tolerations: [{key: nvidia.com/gpu, operator: Exists}]
                  affinity:
                    nodeAffinity:
                      preferredDuringSchedulingIgnoredDuringExecution:
                      - weight: 100
                        preference:
                          matchExpressions: [{key: karpenter.k8s.aws/instance-family, operator: In, values: [p4de]}]
                  restartPolicy: Never
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 8}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [g]}
                  - {key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["5"]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]}}}
            """,
        ]
    ) { tree, findings in
        let tellers =
            ["instance-gpu-name", "instance-gpu-memory", "instance-family"].map { "karpenter.k8s.aws/\($0)" }
            + ["node.kubernetes.io/instance-type", "nvidia.com/gpu.product", "nvidia.com/gpu.memory"]
        for (workload, reach) in tree.reachingWorkloads where !workload.isDaemon {
            // A MIG profile says how much memory it has.
            guard let asked = workload.pod.gpus.first(where: { !$0.resource.hasPrefix("nvidia.com/mig-") }),
                !workload.pod.nodes.contains({ tellers.contains($0.key) })
            else { continue }
            for pool in reach.tolerated.map({ tree.nodes[$0] }) where pool.hasGPUs == true {
                let able = pool.gpuTypes.narrowed(to: workload.pod.nodes.terms).types.filter { type in
                    asked.resource != "nvidia.com/gpu" || type.gpuCount >= asked.count
                }
                let types = able.sorted { $0.gpuMemoryMiB < $1.gpuMemoryMiB }
                guard let least = types.first, let most = types.last, least.gpuMemoryMiB != most.gpuMemoryMiB else {
                    continue
                }
                findings.add(
                    "the pods of \(workload.object.words) can run on any GPU of \(pool.words), "
                        + "from \(least.gpuMemoryMiB / 1024) to \(most.gpuMemoryMiB / 1024) GiB",
                    at: asked.place, label: "does not select a GPU model",
                    notes: [
                        .init(
                            "the NodePool allows `\(least.name)` and `\(most.name)`",
                            at: (pool.typeRequirement ?? pool.object.root).place)
                    ],
                    help: "select `karpenter.k8s.aws/instance-gpu-name`, or use a separate NodePool for each GPU model")
                break
            }
        }
    }
}
