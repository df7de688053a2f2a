extension Rule {
    static let devicePluginAndDraDriver = Rule(
        "device-plugin-and-dra-driver", .sharing,
        why: "if both the device plugin and the DRA driver advertise a GPU, it is allocated twice",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {stack: dra}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: plugin}
            spec:
              template:
                spec:
                  nodeSelector: {stack: plugin}
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
              nodeSelector: {stack: dra}
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - {name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {stack: plugin}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: plugin}
            spec:
              template:
                spec:
                  nodeSelector: {stack: plugin}
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: channel, resourceClaimTemplateName: a}]
              nodeSelector: {stack: plugin}
              containers: [{name: a, resources: {limits: {nvidia.com/gpu: 4}}}]
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - {name: channel, exactly: {deviceClassName: compute-domain-default-channel.nvidia.com}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {stack: dra}}
                spec: {taints: [{key: example.com/dra, effect: NoSchedule}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: plugin}
            spec:
              template:
                spec:
                  tolerations: [{key: nvidia.com/gpu, operator: Exists}]
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
              nodeSelector: {stack: dra}
              tolerations: [{key: example.com/dra, operator: Exists}]
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]}}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {stack: dra}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: plugin}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: ↓gpu, resourceClaimTemplateName: a}]
              nodeSelector: {stack: dra}
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - {name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                metadata: {labels: {stack: dra}}
                spec: {taints: [{key: nvidia.com/gpu, effect: NoSchedule}]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: plugin}
            spec:
              template:
                spec:
                  tolerations: [{operator: Exists}]
                  containers: [{name: a, image: "public.ecr.aws/nvidia/k8s-device-plugin:v0.20.0"}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: ↓slice, resourceClaimTemplateName: a}]
                  nodeSelector: {stack: dra}
                  tolerations: [{key: nvidia.com/gpu, operator: Exists}]
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: slice, firstAvailable: [{name: mig, deviceClassName: mig.nvidia.com}]}]
            """,
        ]
    ) { tree, findings in
        let plugins = tree.reachingWorkloads.filter { tree.isDevicePlugin($0.workload) }
        for (workload, reach) in tree.reachingWorkloads where !workload.pod.claims.isEmpty {
            guard let claim = tree.gpuClaim(of: workload) else { continue }
            for (plugin, plugged) in plugins {
                guard let number = reach.tolerated.first(where: { plugged.tolerated.contains($0) }) else { continue }
                let pool = tree.nodes[number].object
                findings.add(
                    "the pods of \(workload.object.words) claim GPUs on nodes of \(pool.words), where "
                        + "\(plugin.object.words) advertises them as well",
                    at: claim.place, label: "claimed through DRA",
                    notes: [
                        plugin.object.note("the device plugin runs on these nodes"),
                        pool.note("the nodes belong to this NodePool"),
                    ],
                    help: "label the NodePool so that the device plugin does not select its nodes")
                break
            }
        }
    }
}
