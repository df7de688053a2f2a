import Groundwork

extension Rule {
    static let draGpuRequestedTwice = Rule(
        "dra-gpu-requested-twice", .sharing,
        why:
            "a container that claims a GPU and also requests `nvidia.com/gpu` stays pending until two GPUs are free, one for each driver",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers:
                  - {name: a, resources: {claims: [{name: gpu}], limits: {cpu: "8", memory: 64Gi, hugepages-2Mi: 2Gi}}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}, claims: []}}]
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: a}
            spec:
              extendedResourceName: nvidia.com/gpu
              selectors: [{cel: {expression: "device.driver == 'gpu.nvidia.com'"}}]
            """,
            """
            # A claim may be for a network card, or for a channel of a ComputeDomain.
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: nics}
            spec: {spec: {devices: {requests: [{name: nic, exactly: {deviceClassName: efa.networking.k8s.aws}}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims:
                  - {name: nic, resourceClaimTemplateName: nics}
                  - {name: channel, resourceClaimTemplateName: made-by-a-compute-domain}
                  containers:
                  - {name: a, resources: {limits: {nvidia.com/gpu: 4}, claims: [{name: nic}, {name: channel}]}}
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec: {spec: {devices: {requests: [{name: a, exactly: {deviceClassName: gpu.nvidia.com}}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}, claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec: {devices: {requests: [{name: whole, exactly: {deviceClassName: gpu.nvidia.com}}]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimName: a}]
              initContainers: [{name: warm, resources: {requests: {↓nvidia.com/mig-1g.10gb: 1}, claims: [{name: gpu}]}}]
              containers:
              - {name: a, resources: {limits: {↓nvidia.com/gpu.shared: 1}, claims: [{name: gpu, request: whole}]}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                let names = (container.value["resources"]?["claims"]?.items ?? []).compactMap { $0["name"]?.text }
                guard !names.isEmpty, let request = container.gpus.first,
                    tree.mayClaimGPUs(workload, by: names)
                else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) claims devices and also requests `\(request.resource)`",
                    at: request.place, label: "a second GPU, from the device plugin")
            }
        }
    }
}

extension Inventory {
    /// Tells whether some of a pod's claims request GPUs: other claims are for network cards or channels of a ComputeDomain.
    fileprivate func mayClaimGPUs(_ workload: Workload, by names: [String]) -> Bool {
        workload.pod.claims.contains { claim in
            guard names.contains(claim.name), let source = source(of: claim, in: workload.object.namespace) else {
                return false
            }
            return devices(of: source).contains { isGPUClass($0.className.text ?? "") }
        }
    }
}
