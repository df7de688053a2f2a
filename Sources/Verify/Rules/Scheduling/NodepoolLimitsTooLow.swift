import Groundwork

extension Rule {
    static let nodepoolLimitsTooLow = Rule(
        "nodepool-limits-too-low", .scheduling, inPartialTree: .warn,
        why: "replicas beyond the limits of their NodePools stay pending, however high the load",
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
            """,
            """
            # Two pods of three GPUs fit on a node of eight.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nodes: 2}
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
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 3}}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, maxReplicaCount: 4}
            """,
            """
            # The limits of both NodePools together hold them.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              limits: {nvidia.com/gpu: 4}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 3
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 4}}}]
            """,
            """
            # Limits of other resources are not compared with GPUs.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {cpu: 2000}
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
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8}}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, maxReplicaCount: 10}
            """,
            """
            # A static pool of two nodes has sixteen GPUs.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              limits: {nodes: 3}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              replicas: 4
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 4}}}]
            """,
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
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
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
              replicas: ↓3
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 4}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              completions: 9
              parallelism: ↓3
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 4}}}]
            """,
            """
            # The limit of a static pool leaves room to replace its nodes, and no more run than its replicas.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              limits: {nodes: 4}
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
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8}}}]
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, maxReplicas: ↓3}
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.asksForGPUs && !workload.isDaemon {
            let most = tree.mostReplicas(of: workload)
            let own = reach.admitted.filter { reach.tolerated.contains($0) || workload.names(tree.nodes[$0]) }
            for request in tree.gpuDemand(of: workload) {
                let (pools, rooms, room) = tree.room(for: request, in: own)
                guard !pools.isEmpty, let room, room < most.count else { continue }
                findings.add(
                    "\(workload.object.words) may have \(most.count) replicas with \(request.count) "
                        + "`\(request.resource)` each, but the limits of its NodePools allow only \(room)",
                    at: most.place ?? request.place, label: "exceeds the limits",
                    notes: zip(pools, rooms).map { pool, room in
                        let (words, pool) = (tree.nodes[pool].words, tree.nodes[pool].object)
                        let place = pool.spec?["limits"]?.place ?? pool.place
                        return .init("\(words) allows \(room ?? 0)", at: place)
                    })
            }
        }
    }
}
