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
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6]}
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: In, values: ["4"]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 4, cpu: 40, memory: 150Gi}}}]}}}
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
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6]}
                  - {key: karpenter.k8s.aws/instance-size, operator: NotIn, values: [12xlarge, 24xlarge, 48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 4}}}]}}}
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
                  - {key: eks.amazonaws.com/instance-gpu-name, operator: In, values: [l40s]}
                  - {key: eks.amazonaws.com/instance-cpu, operator: Lt, values: ["17"]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1, ↓cpu: 24}}}]}}}
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.asksForGPUs {
            let numbers = reach.tolerated.filter { tree.nodes[$0].hasGPUs != false }
            let sets = numbers.map { tree.nodes[$0].gpuTypes.narrowed(to: workload.pod.nodes.terms) }
            let types = sets.flatMap(\.types)
            guard !types.isEmpty, sets.allSatisfy({ $0.known != nil }) else { continue }
            let request = workload.pod.gpus.first { $0.resource == "nvidia.com/gpu" }
            let gpus = request?.count ?? 0
            // What Karpenter counts: the GPUs of the type, unless a NodeOverlay says otherwise.
            let counted = zip(numbers, sets).flatMap { number, set in
                let offered = tree.offering("nvidia.com/gpu", of: number)
                return set.types.map { ($0, offered ?? $0.gpuCount) }
            }
            let able = counted.filter { $0.1 >= gpus }.map(\.0)
            if able.isEmpty, let request {
                findings.add(
                    "the pods of \(workload.object.words) request \(gpus) GPUs, but the largest instance type "
                        + "of their NodePools has \(counted.map(\.1).max() ?? 0)",
                    at: request.place, label: "exceeds the GPUs of a node",
                    help: numbers.contains { tree.sharesGPUs($0) }
                        ? "declare the shares of each GPU in a NodeOverlay: Karpenter counts whole GPUs without one"
                        : nil)
            }
            for (name, of, unit) in [
                ("cpu", { Double($0.allocatableMilliCPU) / 1000 }, 1),
                ("memory", { Double($0.allocatableMemoryMiB) }, 1_048_576),
                ("vpc.amazonaws.com/efa", { Double($0.efaCount) }, 1),
            ]
                as [(String, (InstanceType) -> Double, Double)]
            {
                let asked = workload.pod.asked(name) / unit
                guard let most = able.map(of).max(), asked > most,
                    let place = workload.pod.place(of: name)
                else { continue }
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
