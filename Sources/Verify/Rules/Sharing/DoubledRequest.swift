import Groundwork

extension Rule {
    static let doubledRequest = Rule(
        "doubled-request", .sharing,
        why: "a container that claims a GPU and asks for `nvidia.com/gpu`, too, waits for two GPUs from two drivers",
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
            """
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
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers where !(container.value["resources"]?["claims"]?.isEmpty ?? true) {
                guard let request = container.gpus.first else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) claims devices and asks for `\(request.resource)`",
                    at: request.place, label: "a second GPU, from the device plugin")
            }
        }
    }
}
