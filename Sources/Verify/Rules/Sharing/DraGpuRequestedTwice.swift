import Groundwork

extension Rule {
    static let draGpuRequestedTwice = Rule(
        "dra-gpu-requested-twice", .sharing,
        why:
            "a container that claims a GPU and also requests `nvidia.com/gpu` waits for two GPUs, one from each driver",
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
        ],
        rejects: [
            """
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
            for container in workload.pod.containers where !(container.value["resources"]?["claims"]?.isEmpty ?? true) {
                guard let request = container.gpus.first else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) claims devices and also requests `\(request.resource)`",
                    at: request.place, label: "a second GPU, from the device plugin")
            }
        }
    }
}
