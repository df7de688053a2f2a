import Groundwork

extension Rule {
    static let draSelectorMatchesNoDevice = Rule(
        "dra-selector-matches-no-device", .sharing, .warning,
        why:
            "an expression over an attribute that the driver does not publish aborts the allocation, and the memory of a device is below the number in its name",
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
        ]
    ) { tree, findings in
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) + tree.objects(.deviceClass) {
            for expression in tree.expressions(of: claim) {
                let text = expression.text ?? ""
                if let match = text.firstMatch(of: /\['gpu\.nvidia\.com'\]\.(index|minor)\b/) {
                    findings.add(
                        "\(claim.words) selects by the attribute `\(match.output.1)`, which the driver does not publish",
                        at: expression.place, label: "the allocation is aborted",
                        help: "`uuid` or `resource.kubernetes.io/pciBusID` tell devices apart")
                }
                if let match = text.firstMatch(of: /device\.driver\s*==\s*['"](nvidia\.com\/gpu|nvidia\.com|gpu)['"]/) {
                    findings.add(
                        "\(claim.words) selects devices of the driver `\(match.output.1)`, which there is not",
                        at: expression.place, label: "chooses nothing", help: "NVIDIA's driver is `gpu.nvidia.com`")
                }
                if let match = text.firstMatch(of: /memory\.(?:compareTo|isGreaterThan)\(quantity\('([0-9]+)Gi'\)\)/),
                    let asked = Int(match.output.1), [24, 40, 48, 80, 96].contains(asked)
                {
                    findings.add(
                        "\(claim.words) asks for \(asked) GiB, which GPUs of that name do not have",
                        at: expression.place, label: "a device reports less than its name says",
                        help: "ask for \(asked - max(1, asked / 20)) GiB")
                }
            }
        }
    }
}
