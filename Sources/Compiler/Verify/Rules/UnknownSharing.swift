extension Rule {
    static let unknownSharing = Rule(
        "unknown-sharing", .sharing,
        why:
            "NVIDIA's driver reads its configuration strictly: with an unknown word the pod hangs in ContainerCreating",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                  config: [{opaque: {driver: gpu.nvidia.com, parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig, sharing: {strategy: TimeSlicing, timeSlicingConfig: {interval: Long}}}}}]
            """
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
                  config: [{opaque: {driver: ↓nvidia.com/gpu, parameters: {apiVersion: ↓gpu.nvidia.com/v1alpha1, kind: GpuConfig, sharing: {strategy: ↓TimeSlice, timeSlicingConfig: {interval: ↓aggressive}}}}}]
            """
        ]
    ) { tree, findings in
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) + tree.objects(.deviceClass) {
            let spec = claim.kind == .resourceClaimTemplate ? claim.spec?["spec"] : claim.spec
            for config in (spec?["devices"]?["config"] ?? spec?["config"])?.items ?? [] {
                let parameters = config["opaque"]?["parameters"]
                guard ["GpuConfig", "MigDeviceConfig"].contains(parameters?["kind"]?.text ?? "") else { continue }
                let sharing = parameters?["sharing"]
                let demands: [(String, Value?, [String])] = [
                    ("driver", config["opaque"]?["driver"], ["gpu.nvidia.com"]),
                    ("apiVersion", parameters?["apiVersion"], ["resource.nvidia.com/v1beta1"]),
                    ("strategy", sharing?["strategy"], ["TimeSlicing", "MPS"]),
                    ("interval", sharing?["timeSlicingConfig"]?["interval"], ["Default", "Short", "Medium", "Long"]),
                ]
                for (name, value, words) in demands {
                    guard let value, !words.contains(value.text ?? "") else { continue }
                    findings.add(
                        "`\(name)` of a configuration of \(claim.words) is `\(value.text ?? "")`", at: value.place,
                        label: "may be " + words.map { "`\($0)`" }.joined(separator: ", "), help: meant(value, words))
                }
            }
        }
    }
}
