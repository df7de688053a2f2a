import Groundwork

extension Rule {
    static let draClaimAmbiguous = Rule(
        "dra-claim-ambiguous", .sharing,
        why:
            "a pod's claim must name either a ResourceClaim or a ResourceClaimTemplate, and a request must have either `exactly` or `firstAvailable`: with both or neither, the API server rejects the object",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - {name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}
                  - {name: any, firstAvailable: [{name: whole, deviceClassName: gpu.nvidia.com}, {name: slice, deviceClassName: mig.nvidia.com}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
              containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - {name: gpu, deviceClassName: gpu.nvidia.com}
                - {name: any, firstAvailable: [{name: slice, deviceClassName: mig.nvidia.com}]}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims:
              - {name: gpu, resourceClaimName: a}
              - {name: old, source: {resourceClaimTemplateName: b}}
              containers: [{name: a, resources: {claims: [{name: gpu, request: whole}, {name: old}]}}]
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - {↓name: gpu}
                - {name: any, exactly: {deviceClassName: gpu.nvidia.com}, ↓firstAvailable: [{name: slice, deviceClassName: mig.nvidia.com}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{↓name: gpu}, {name: b, resourceClaimName: a, ↓resourceClaimTemplateName: b}]
              containers: [{name: a, resources: {claims: [{name: gpu}, {name: b}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - {↓name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}
                  - name: any
                    deviceClassName: gpu.nvidia.com
                    ↓firstAvailable: [{name: slice, deviceClassName: mig.nvidia.com}]
            """,
        ]
    ) { tree, findings in
        func check(_ value: ManifestValue, _ words: String, _ first: String, _ second: String) {
            switch (value[first], value[second]) {
            case (nil, nil):
                findings.add(
                    "\(words) has neither `\(first)` nor `\(second)`",
                    at: value.entries?.first?.keyPlace ?? value.place,
                    label: "requires one of the two")
            case (.some, .some):
                findings.add(
                    "\(words) has both `\(first)` and `\(second)`", at: value.keyPlace(second),
                    label: "only one of the two is allowed")
            default: break
            }
        }
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) {
            let spec = claim.kind == .resourceClaimTemplate ? claim.spec?["spec"] : claim.spec
            let isOldest = claim.root["apiVersion"]?.text == "resource.k8s.io/v1beta1"
            for request in spec?["devices"]?["requests"]?.items ?? []
            where isOldest || request["deviceClassName"] == nil {
                check(
                    request, "request `\(request["name"]?.text ?? "")` of \(claim.words)",
                    isOldest ? "deviceClassName" : "exactly", "firstAvailable")
            }
        }
        for workload in tree.workloads {
            for claim in workload.pod.spec.items(of: "resourceClaims") where claim["source"] == nil {
                check(
                    claim, "claim `\(claim["name"]?.text ?? "")` of the pods of \(workload.object.words)",
                    "resourceClaimName", "resourceClaimTemplateName")
            }
        }
    }
}
