import Groundwork

extension Rule {
    static let draSelectorMatchesNoDevice = Rule(
        "dra-selector-matches-no-device", .sharing, .warning,
        why:
            "a CEL expression that uses an attribute which the driver does not publish aborts the allocation, and a device reports less memory than its nominal size",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, selectors: [{cel: {expression: "device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('79Gi')) >= 0"}}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - name: gpu
                    exactly:
                      deviceClassName: gpu.nvidia.com
                      selectors:
                      - {cel: {expression: "device.attributes['gpu.nvidia.com'].productName.contains('H100')"}}
                      - cel:
                          expression: device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('81559Mi')) >= 0
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: a}
            spec: {selectors: [{cel: {expression: "device.driver == 'gpu.nvidia.com'"}}]}
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: b}
            spec:
              selectors:
              - cel:
                  expression: device.driver == 'nic.example.com' && device.attributes['nic.example.com'].index == 0
            """,
            """
            # At most this much.
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - name: a
                    exactly:
                      deviceClassName: gpu.nvidia.com
                      selectors:
                      - cel: {expression: "device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('80Gi')) <= 0"}
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
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, selectors: [{cel: {expression: ↓"device.attributes['gpu.nvidia.com'].index == 0"}}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, selectors: [{cel: {expression: ↓"device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('80Gi')) >= 0"}}]}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: a}
            spec: {selectors: [{cel: {expression: ↓"device.driver == 'nvidia.com/gpu'"}}]}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - name: a
                    exactly:
                      deviceClassName: gpu.nvidia.com
                      selectors:
                      - cel: {expression: ↓"device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('80Gi')) >= 0"}
            """,
        ]
    ) { tree, findings in
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) + tree.objects(.deviceClass) {
            for expression in tree.expressions(of: claim) {
                let text = expression.text ?? ""
                if let match = text.firstMatch(of: /\['gpu\.nvidia\.com'\]\.(index|minor)\b/) {
                    findings.add(
                        "\(claim.words) selects by the attribute `\(match.output.1)`, which the driver does not publish",
                        at: expression.place, label: "aborts the allocation",
                        help: "use `uuid` or `resource.kubernetes.io/pciBusID` to tell devices apart")
                }
                if let match = text.firstMatch(of: /device\.driver\s*==\s*['"](nvidia\.com\/gpu|nvidia\.com|gpu)['"]/) {
                    findings.add(
                        "\(claim.words) selects devices of the driver `\(match.output.1)`, which does not exist",
                        at: expression.place, label: "matches no device",
                        help: "use `gpu.nvidia.com`, the name of NVIDIA's driver")
                }
                if let match = text.firstMatch(
                    of:
                        /memory\.(?:isGreaterThan\(quantity\(['"]([0-9]+)Gi['"]\)\)|compareTo\(quantity\(['"]([0-9]+)Gi['"]\)\)\s*(?:>|>=|==)\s*0)/
                ),
                    let asked = Int(match.output.1 ?? match.output.2 ?? ""), [24, 40, 48, 80, 96].contains(asked)
                {
                    findings.add(
                        "\(claim.words) requires \(asked) GiB, more than GPUs of this nominal size report",
                        at: expression.place, label: "a device reports less than its nominal memory",
                        help: "require \(asked - max(1, asked / 20)) GiB")
                }
            }
        }
    }
}
