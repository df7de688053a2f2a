import Groundwork

extension Rule {
    static let draTemplateNotShared = Rule(
        "dra-template-not-shared", .sharing, .warning,
        why:
            "a ResourceClaimTemplate gives each pod its own claim and so its own GPU; to share a GPU, pods must refer to the same ResourceClaim",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}], config: [{requests: [gpu], opaque: {driver: gpu.nvidia.com, parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig, sharing: {strategy: TimeSlicing}}}}]}}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                  config:
                  - opaque:
                      driver: gpu.nvidia.com
                      parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig, sharing: {strategy: MPS}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
              containers: [{name: a, resources: {claims: [{name: gpu}]}}, {name: b, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                  config:
                  - opaque:
                      driver: gpu.nvidia.com
                      parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 3
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                  config: [{requests: [gpu], opaque: {driver: gpu.nvidia.com, parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig, sharing: {strategy: ↓TimeSlicing}}}}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 3
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: slice, exactly: {deviceClassName: mig.nvidia.com}}]
                  config:
                  - opaque:
                      driver: gpu.nvidia.com
                      parameters:
                        apiVersion: resource.nvidia.com/v1beta1
                        kind: MigDeviceConfig
                        sharing: {strategy: ↓MPS}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              parallelism: 4
              template:
                spec:
                  resourceClaims: [{name: slice, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: slice}]}}, {name: proxy}]
            """,
        ]
    ) { tree, findings in
        for template in tree.objects(.resourceClaimTemplate) {
            for config in template.spec?["spec"]?["devices"]?["config"]?.items ?? [] {
                guard let strategy = config["opaque"]?["parameters"]?["sharing"]?["strategy"] else { continue }
                let users = tree.workloads.filter { workload in
                    workload.object.namespace == template.namespace
                        && workload.pod.claims.contains { $0.template?.text == template.name }
                }
                guard
                    let user = users.first(where: { user in
                        user.pod.containers.count { $0.value["resources"]?["claims"] != nil } < 2
                    })
                else { continue }
                findings.add(
                    "\(template.words) shares a GPU by \(strategy.text ?? ""), but gives each pod its own GPU",
                    at: strategy.place, label: "no other pod shares the GPU",
                    notes: [user.object.note("each pod of \(user.object.words) gets its own claim")],
                    help: "create one ResourceClaim, and refer to it from the pods by `resourceClaimName`")
            }
        }
    }
}
