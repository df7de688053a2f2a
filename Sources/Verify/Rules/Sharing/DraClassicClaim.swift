import Groundwork

extension Rule {
    static let draClassicClaim = Rule(
        "dra-classic-claim", .sharing,
        why:
            "these fields belong to classic dynamic resource allocation (DRA), which Kubernetes has removed: claims now request devices of a DeviceClass",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
            """,
            """
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaim
            metadata: {name: a}
            spec: {devices: {requests: [{name: gpu, deviceClassName: gpu.nvidia.com}]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, source: {resourceClaimName: a}}]
              containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: resource.nvidia.com/v1beta1
            kind: ComputeDomain
            metadata: {name: a}
            spec: {numNodes: 2, channel: {resourceClaimTemplate: {name: a-channel}}}
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: h100}
            spec: {selectors: [{cel: {expression: "device.driver == 'gpu.nvidia.com'"}}]}
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: b}
            spec:
              devices:
                requests: [{name: gpu, exactly: {deviceClassName: h100}}]
                config:
                - opaque:
                    driver: gpu.nvidia.com
                    parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig}
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1alpha2
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              ↓resourceClassName: gpu.nvidia.com
              ↓parametersRef: {kind: GpuClaimParameters, name: a}
            ---
            apiVersion: gpu.resource.nvidia.com/v1alpha1
            kind: ↓GpuClaimParameters
            metadata: {name: a}
            spec: {count: 1}
            """,
            """
            apiVersion: resource.k8s.io/v1alpha2
            kind: ResourceClass
            metadata: {name: gpu.nvidia.com}
            ↓driverName: gpu.resource.nvidia.com
            ↓structuredParameters: true
            ---
            apiVersion: resource.k8s.io/v1alpha2
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                ↓resourceClassName: gpu.nvidia.com
            ---
            apiVersion: gpu.resource.nvidia.com/v1alpha1
            kind: ↓MigDeviceClaimParameters
            metadata: {name: a}
            spec: {profile: 1g.5gb}
            """,
        ]
    ) { tree, findings in
        let words = [
            "resourceClassName": "name the class in `devices.requests[].exactly.deviceClassName`",
            "parametersRef": "use CEL selectors and `devices.config` instead of parameters",
            "driverName": "select devices by `device.driver` in a DeviceClass",
            "structuredParameters": "remove it: parameters are always structured",
            "parametersSchema": "remove it: a DeviceClass has no parameters of its own",
        ]
        let gone = "removed in Kubernetes \(APIVersions.gone("resource.k8s.io/v1alpha2")?.text ?? "")"
        for object in tree.objects where object.kind.group == "gpu.resource.nvidia.com" {
            findings.add(
                "\(object.words) belongs to classic DRA, which no driver supports",
                at: object.root["kind"]?.place ?? object.place,
                label: gone, help: words["parametersRef"])
        }
        for object in tree.objects where object.kind.group == "resource.k8s.io" {
            let spec = object.kind == .resourceClaimTemplate ? object.spec?["spec"] : object.spec
            for part in [object.root, spec].compactMap({ $0 }) {
                for entry in part.entries ?? [] {
                    guard let help = words[entry.key] else { continue }
                    findings.add(
                        "\(object.words) has `\(entry.key)`, a removed field of classic DRA", at: entry.keyPlace,
                        label: gone, help: help)
                }
            }
        }
    }
}
