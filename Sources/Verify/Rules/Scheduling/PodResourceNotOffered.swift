import Groundwork

extension Rule {
    static let podResourceNotOffered = Rule(
        "pod-resource-not-offered", .scheduling, inPartialTree: .warn,
        why:
            "Karpenter supports only whole GPUs; without a NodeOverlay it starts no node for MIG partitions, "
            + "shared GPUs or huge pages",
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
            """,
            """
            # The nodes of a static pool run in any case.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                metadata: {labels: {nvidia.com/mig.config: all-1g.10gb}}
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]
            """,
            """
            # One of the NodePools offers it.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: whole}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: shared}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: In, values: [shared]}
              capacity: {nvidia.com/gpu.shared: 4}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu.shared: 1}}}]
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
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}]
              capacity: {hugepages-2Mi: 5Gi}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8, hugepages-2Mi: 5Gi}}}]}
            """,
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
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1, ↓hugepages-2Mi: 4Gi, memory: 16Gi}}}]
            """,
            """
            # The overlay offers a whole one.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6f.xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements:
              - {key: karpenter.sh/nodepool, operator: In, values: [a]}
              capacity: {nvidia.com/gpu: 1}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu.shared: 1}}}]
            """,
            """
            # These nodes have no GPUs.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: general}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              nodeSelector: {karpenter.sh/nodepool: general}
              containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]
            """,
            """
            # These nodes offer shares under another name.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.60.0}]
              userData: |
                [settings.kubelet-device-plugins.nvidia]
                device-sharing-strategy = "time-slicing"
                [settings.kubelet-device-plugins.nvidia.time-slicing]
                replicas = 4
                rename-by-default = true
            ---
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
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]}}}
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where !workload.isDaemon && !reach.tolerated.isEmpty {
            for request in workload.pod.gpus + workload.pod.hugePages
            where !reach.tolerated.contains(where: { tree.offers(request.resource, $0) }) {
                let isRenamed =
                    request.resource == "nvidia.com/gpu" && reach.tolerated.contains(where: tree.renamingPools.contains)
                findings.add(
                    "the pods of \(workload.object.words) request `\(request.resource)`, which none of their "
                        + "NodePools offers",
                    at: request.place, label: "Karpenter starts no node for this",
                    notes: reach.tolerated.prefix(1).map {
                        tree.nodes[$0].object.note("the pods can use this NodePool")
                    },
                    help: isRenamed
                        ? "request `nvidia.com/gpu.shared`, the name of the shares, and declare them in a NodeOverlay"
                        : "add a NodeOverlay that declares what the nodes of the NodePool offer")
            }
        }
    }
}

extension Inventory.Pod {
    /// The huge pages that the containers request; Karpenter does not count them.
    fileprivate var hugePages: [Inventory.DeviceRequest] {
        containers.flatMap { container in
            (container.value["resources"]?["limits"]?.entries ?? []).filter { $0.key.hasPrefix("hugepages-") }.map {
                Inventory.DeviceRequest(resource: $0.key, count: 1, place: $0.keyPlace)
            }
        }
    }
}
