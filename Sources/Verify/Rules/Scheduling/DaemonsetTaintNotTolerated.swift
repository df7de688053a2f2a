extension Rule {
    static let daemonsetTaintNotTolerated = Rule(
        "daemonset-taint-not-tolerated", .scheduling,
        why:
            "a DaemonSet does not run on nodes whose taint it does not tolerate: without a device plugin a node "
            + "offers no GPUs, and without an exporter its GPUs are not monitored",
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
            """,
            """
            # Without a key it is of every taint.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: pool, value: a, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  tolerations: [{operator: Exists}]
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.0-4.5.0-ubuntu22.04"}]
            """,
            """
            # None of these keeps a daemon away for good.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: pool, value: a, effect: PreferNoSchedule}]
                  startupTaints: [{key: node.cilium.io/agent-not-ready, effect: NoExecute}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.0-4.5.0-ubuntu22.04"}]
            """,
            """
            # On nodes without GPUs it has nothing to do.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: batch}
            spec:
              template:
                spec:
                  taints: [{key: batch, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}
            ---
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
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.0-4.5.0-ubuntu22.04"}]
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
            """,
            """
            # It tolerates another value.
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
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.k8s.aws/instance-gpu-manufacturer: nvidia}
                  ↓tolerations: [{key: nvidia.com/gpu, value: "true", effect: NoSchedule}]
                  containers: [{name: a}]
            """,
            """
            # It tolerates another effect.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: maintenance, effect: NoExecute}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  ↓tolerations: [{key: maintenance, operator: Exists, effect: NoSchedule}]
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.0-4.5.0-ubuntu22.04"}]
            """,
            """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: a, region: us-east-1}
            managedNodeGroups:
            - name: gpus
              instanceType: p5.48xlarge
              taints: [{key: nvidia.com/gpu, value: "true", effect: NoSchedule}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  ↓containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where workload.isGPUDaemon {
            var keys: Set<String> = []
            for pool in reach.admitted.map({ tree.nodes[$0] }) where pool.hasGPUs == true {
                guard let taint = workload.pod.obstacle(of: pool), keys.insert(taint.key).inserted else { continue }
                findings.add(
                    "\(workload.object.words) does not tolerate `\(taint.words)`, so it has no pods on the nodes of "
                        + pool.words,
                    at: workload.pod.spec.keyPlace("tolerations"), label: "no toleration for this taint",
                    notes: [.init("the taint is here", at: taint.place)],
                    help: "add a toleration for `\(taint.key)` with `operator: Exists`")
            }
        }
    }
}
