import Diagnostics
import Groundwork

extension Rule {
    static let podTooLargeForNode = Rule(
        "pod-too-large-for-node", .scheduling, inPartialTree: .warn,
        why:
            "Karpenter subtracts what the kubelet reserves for itself, so it starts no node for a pod that "
            + "requests all CPU or memory of a node",
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {cpu: 3, memory: 12Gi}, limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # This is all that a g5.xlarge leaves to pods.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {requests: {cpu: 3920m, memory: 14162Mi}, limits: {nvidia.com/gpu: 1}}
            """,
            """
            # The larger of the types will do.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g5.2xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {cpu: 6, memory: 24Gi}, limits: {nvidia.com/gpu: 1}}}]
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8, vpc.amazonaws.com/efa: 32}}}]
            """,
            """
            # One of the NodePools does not name its types.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: small}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: any}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g5]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {cpu: 6, memory: 24Gi}, limits: {nvidia.com/gpu: 1}}}]
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {cpu: 3, ↓memory: 16Gi}, limits: {nvidia.com/gpu: 1}}}]
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 16}}}]
            """,
            """
            # Neither asks for too much, both together do.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: a, resources: {requests: {↓cpu: 3, memory: 8Gi}, limits: {nvidia.com/gpu: 1}}}
                  - {name: proxy, resources: {requests: {cpu: 1, memory: 1Gi}}}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.48xlarge]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8, ↓vpc.amazonaws.com/efa: 5}}}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.asksForGPUs {
            let pools = reach.tolerated.map { tree.nodes[$0] }
            let types = pools.flatMap(\.types)
            guard !types.isEmpty, pools.allSatisfy({ !$0.types.isEmpty }) else { continue }
            let gpus = workload.pod.gpus.first { $0.resource == "nvidia.com/gpu" }?.count ?? 0
            let able = types.filter { $0.gpuCount >= gpus }
            if able.isEmpty, let request = workload.pod.gpus.first(where: { $0.resource == "nvidia.com/gpu" }) {
                findings.add(
                    "the pods of \(workload.object.words) request \(gpus) GPUs, but the largest instance type "
                        + "of their NodePools has "
                        + "\(types.map(\.gpuCount).max() ?? 0)",
                    at: request.place, label: "exceeds the GPUs of a node")
            }
            for (name, of, unit) in [
                ("cpu", { Double($0.allocatableMilliCPU) / 1000 }, 1),
                ("memory", { Double($0.allocatableMemoryMiB) }, 1_048_576),
                ("vpc.amazonaws.com/efa", { Double($0.efaCount) }, 1),
            ]
                as [(String, (InstanceType) -> Double, Double)]
            {
                let asked = workload.pod.asked(name) / unit
                guard let most = able.map(of).max(), asked > most, let place = workload.pod.place(of: name) else {
                    continue
                }
                findings.add(
                    "the pods of \(workload.object.words) request more `\(name)` than a node of their NodePools offers",
                    at: place,
                    label:
                        "\(wholeNumber(asked)) of at most \(wholeNumber(most))\(unit == 1 ? "" : " MiB") allocatable",
                    help: name == "cpu" || name == "memory" ? "leave room for DaemonSets as well" : nil)
            }
        }
    }
}

extension Inventory.Pod {
    /// The total request for a resource of the containers that run at the same time.
    fileprivate func asked(_ name: String) -> Double {
        (spec["containers"]?.items ?? []).compactMap { container in
            let resources = container["resources"]
            return (resources?["requests"]?[name] ?? resources?["limits"]?[name])?.quantity
        }.reduce(0, +)
    }

    /// Where the first of these requests is written.
    fileprivate func place(of name: String) -> SourceRange? {
        for container in containers {
            let resources = container.value["resources"]
            for part in [resources?["requests"], resources?["limits"]] where part?[name] != nil {
                return part?.keyPlace(name)
            }
        }
        return nil
    }
}
