import Diagnostics
import Groundwork

extension Rule {
    static let draSharingInvalid = Rule(
        "dra-sharing-invalid", .sharing,
        why:
            "NVIDIA's driver parses its configuration strictly: with an unknown field or value, the pod stays in ContainerCreating",
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
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                config:
                - opaque:
                    driver: gpu.nvidia.com
                    parameters:
                      apiVersion: resource.nvidia.com/v1beta1
                      kind: GpuConfig
                      sharing:
                        strategy: MPS
                        mpsConfig: {defaultActiveThreadPercentage: 100, defaultPinnedDeviceMemoryLimit: 10Gi}
                - opaque:
                    driver: gpu.nvidia.com
                    parameters:
                      apiVersion: resource.nvidia.com/v1beta1
                      kind: MigDeviceConfig
                      sharing: {strategy: MPS, mpsConfig: {defaultPerDevicePinnedMemoryLimit: {"0": 4Gi}}}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests: [{name: channel, exactly: {deviceClassName: compute-domain-default-channel.nvidia.com}}]
                config:
                - opaque:
                    driver: compute-domain.nvidia.com
                    parameters:
                      apiVersion: resource.nvidia.com/v1beta1
                      kind: ComputeDomainChannelConfig
                      allocationMode: All
                - opaque: {driver: nic.example.com, parameters: {apiVersion: nic.example.com/v1, kind: NicConfig}}
                - opaque:
                    driver: gpu.nvidia.com
                    parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: VfioDeviceConfig}
            """,
            """
            # Another driver has configurations of its own, and MIG partitions can be time-sliced.
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests: [{name: a, exactly: {deviceClassName: gpu.example.com}}, {name: b, exactly: {deviceClassName: mig.nvidia.com}}]
                config:
                - requests: [a]
                  opaque:
                    driver: gpu.example.com
                    parameters:
                      apiVersion: gpu.resource.example.com/v1alpha1
                      kind: GpuConfig
                      sharing: {strategy: SpacePartitioning, spacePartitioningConfig: {partitionCount: 4}}
                - requests: [b]
                  opaque:
                    driver: gpu.nvidia.com
                    parameters:
                      apiVersion: resource.nvidia.com/v1beta1
                      kind: MigDeviceConfig
                      sharing: {strategy: TimeSlicing}
                - opaque:
                    driver: compute-domain.nvidia.com
                    parameters:
                      apiVersion: resource.nvidia.com/v1beta1
                      kind: ComputeDomainChannelConfig
                      domainID: a
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
                  config: [{opaque: {driver: ↓nvidia.com/gpu, parameters: {apiVersion: ↓gpu.nvidia.com/v1alpha1, kind: GpuConfig, sharing: {strategy: ↓TimeSlice, timeSlicingConfig: {interval: ↓aggressive}}}}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                config:
                - {opaque: {driver: gpu.nvidia.com, parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: GpuConfig, sharing: {strategy: MPS, ↓timeSlicingConfig: {interval: Short}, mpsConfig: {defaultActiveThreadPercentage: ↓150}}}}}
                - {opaque: {driver: gpu.nvidia.com, parameters: {apiVersion: resource.nvidia.com/v1beta1, kind: MigDeviceConfig, ↓shareing: {}, sharing: {strategy: ↓Exclusive}}}}
            """,
        ]
    ) { tree, findings in
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) + tree.objects(.deviceClass) {
            let spec = claim.kind == .resourceClaimTemplate ? claim.spec?["spec"] : claim.spec
            for config in (spec?["devices"]?["config"] ?? spec?["config"])?.items ?? [] {
                let parameters = config["opaque"]?["parameters"]
                let driver = config["opaque"]?["driver"]
                let kinds = ["GpuConfig", "MigDeviceConfig", "VfioDeviceConfig"]
                let kind = parameters?["kind"]?.text ?? ""
                // Other drivers have configurations of their own, under the same names.
                let isOfNVIDIA = driver?.text.map { $0.mentions("nvidia") && $0 != "compute-domain.nvidia.com" }
                guard isOfNVIDIA ?? kinds.contains(kind), let parameters else { continue }
                let sharing = parameters["sharing"]
                let interval = sharing?["timeSlicingConfig"]?["interval"]
                let demands: [(String, ManifestValue?, [String])] = [
                    ("driver", driver, ["gpu.nvidia.com"]), ("kind", parameters["kind"], kinds),
                    ("apiVersion", parameters["apiVersion"], ["resource.nvidia.com/v1beta1"]),
                    ("strategy", sharing?["strategy"], ["TimeSlicing", "MPS"]),
                    ("interval", interval, ["Default", "Short", "Medium", "Long"]),
                ]
                for (name, value, words) in demands {
                    guard let value, !words.contains(value.text ?? "") else { continue }
                    findings.add(
                        "`\(name)` of a configuration of \(claim.words) is `\(value.text ?? "")`", at: value.place,
                        label: "must be " + words.map { "`\($0)`" }.joined(separator: " or "), help: meant(value, words)
                    )
                }
                for (entry, known) in parameters.unknownKeys(kind) {
                    findings.add(
                        "a configuration of \(claim.words) has the unknown field `\(entry.key)`", at: entry.keyPlace,
                        label: "rejected by the driver",
                        help: closest(to: entry.key, among: known).map { "did you mean `\($0)`?" })
                }
                let mps = sharing?["mpsConfig"]
                let other = sharing?["strategy"]?.text == "MPS" ? "timeSlicingConfig" : "mpsConfig"
                if let sharing, sharing["strategy"] != nil, sharing[other] != nil, kind == "GpuConfig" {
                    findings.add(
                        "a configuration of \(claim.words) has `\(other)` but another `strategy`",
                        at: sharing.keyPlace(other), label: "rejected by the driver")
                }
                if let percent = mps?["defaultActiveThreadPercentage"], let number = percent.number,
                    !(0...100).contains(number)
                {
                    findings.add(
                        "a configuration of \(claim.words) gives a client \(percent.text ?? "")% of the threads",
                        at: percent.place, label: "must be 0 to 100")
                }
                if let limit = mps?["defaultPinnedDeviceMemoryLimit"], let bytes = limit.quantity, bytes < 1_048_576 {
                    findings.add(
                        "a configuration of \(claim.words) limits memory to `\(limit.text ?? "")`", at: limit.place,
                        label: "must be at least 1Mi")
                }
            }
        }
    }
}

extension ManifestValue {
    /// The keys of a configuration that the driver does not know, with the keys that it knows at that place.
    fileprivate func unknownKeys(_ kind: String) -> [(entry: ManifestValue.Entry, known: [String])] {
        if kind == "VfioDeviceConfig" { return [] }
        let sharing = self["sharing"]
        let strategies = kind == "GpuConfig" ? ["timeSlicingConfig"] : []
        let places: [(ManifestValue?, [String])] = [
            (self, ["apiVersion", "kind", "sharing"]), (sharing, ["strategy", "mpsConfig"] + strategies),
            (sharing?["timeSlicingConfig"], ["interval"]),
            (
                sharing?["mpsConfig"],
                [
                    "defaultActiveThreadPercentage", "defaultPinnedDeviceMemoryLimit",
                    "defaultPerDevicePinnedMemoryLimit",
                    "multiUser",
                ]
            ),
        ]
        return places.flatMap { value, known in
            (value?.entries ?? []).filter { !known.contains($0.key) }.map { ($0, known) }
        }
    }
}
