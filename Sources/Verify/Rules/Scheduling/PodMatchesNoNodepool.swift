extension Rule {
    static let podMatchesNoNodepool = Rule(
        "pod-matches-no-nodepool", .scheduling, inPartialTree: .warn,
        why: "pods that request GPUs and match neither a NodePool nor a node group stay pending forever",
        accepts: [
            """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: a, region: us-east-1}
            managedNodeGroups:
            - {name: gpus, instanceType: p5.48xlarge, labels: {pool: a}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec: {limits: {nvidia.com/gpu: 8}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {pool: a}
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
              template:
                spec:
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [p5]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector:
                    karpenter.sh/nodepool: a
                    karpenter.k8s.aws/instance-gpu-name: h100
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, value: present, effect: NoSchedule}]
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
                  tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # One of the terms is enough.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {team: b}}
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
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions: [{key: team, operator: In, values: [a]}]
                        - matchExpressions: [{key: team, operator: In, values: [b]}]
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, effect: PreferNoSchedule}]
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
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6, g6e]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.k8s.aws/instance-gpu-name: l40s}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
        ],
        rejects: [
            """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: a, region: us-east-1}
            managedNodeGroups:
            - {name: gpus, instanceType: p5.48xlarge, labels: {pool: a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {↓pool: b}
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            # The deprecated label is the same label to Karpenter.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
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
                  nodeSelector: {↓beta.kubernetes.io/instance-type: p4d.24xlarge}
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
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
              template:
                spec:
                  nodeSelector: {↓nvidia.com/gpu.product: NVIDIA-L4}
                  containers:
                  - name: a
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, value: present, effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    resources: {limits: {↓nvidia.com/gpu: 1}}
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
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6, g6e]}
            ---
            # No type of these families has the GPU.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {↓karpenter.k8s.aws/instance-gpu-name: h100}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.asksForGPUs && !workload.isDaemon {
            let pod = workload.pod
            if tree.claimsOtherDevices(workload) { continue }
            let able = reach.admitted.map { tree.nodes[$0] }.filter { $0.hasGPUs != false }
            guard !able.contains(where: { pod.obstacle(of: $0) == nil || workload.names($0) }) else { continue }
            // Those nodes belong to others, and their labels and taints are not in the tree.
            if able.isEmpty, tree.scope.hasOtherNodes { continue }
            let asked = pod.gpus.first?.place ?? pod.claims.first?.place
            let (place, label) =
                able.isEmpty
                ? (pod.nodes.place ?? asked, "no NodePool or node group matches")
                : (asked, "all matching nodes have a taint that is not tolerated")
            findings.add(
                "the pods of \(workload.object.words) request GPUs, but no NodePool or node group can run them",
                at: place ?? workload.object.place, label: label,
                notes: able.prefix(1).compactMap { pool in
                    pod.obstacle(of: pool).map {
                        .init("\(pool.words) has the taint `\($0.words)`", at: $0.place)
                    }
                })
        }
    }
}
