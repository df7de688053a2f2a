import Groundwork

extension Rule {
    static let draRequestNotFound = Rule(
        "dra-request-not-found", .sharing,
        why:
            "`config` and `constraints` of a claim refer to its requests by name: any other name is rejected, and an attribute must have a domain",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
                  constraints: [{requests: [gpu], matchAttribute: gpu.nvidia.com/productName}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - name: gpu
                  firstAvailable:
                  - {name: whole, deviceClassName: gpu.nvidia.com}
                  - {name: slice, deviceClassName: mig.nvidia.com}
                - {name: nic, exactly: {deviceClassName: efa.example.com}}
                config: [{requests: [gpu/slice], opaque: {driver: gpu.nvidia.com, parameters: {}}}]
                constraints: [{requests: [gpu, nic], matchAttribute: resource.kubernetes.io/pcieRoot}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, count: 2}}]
                config: [{opaque: {driver: gpu.nvidia.com, parameters: {}}}]
                constraints: [{matchAttribute: gpu.nvidia.com/productName}]
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
                  constraints: [{requests: [↓gpus], matchAttribute: ↓productName}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - name: gpu
                  firstAvailable:
                  - {name: whole, deviceClassName: gpu.nvidia.com}
                  - {name: slice, deviceClassName: mig.nvidia.com}
                config: [{requests: [↓slice, ↓gpu/half], opaque: {driver: gpu.nvidia.com, parameters: {}}}]
            """,
        ]
    ) { tree, findings in
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) {
            guard let devices = (claim.kind == .resourceClaim ? claim.spec : claim.spec?["spec"])?["devices"] else {
                continue
            }
            let names = devices.items(of: "requests").flatMap { request -> [String] in
                let name = request["name"]?.text ?? ""
                return [name] + request.items(of: "firstAvailable").map { "\(name)/\($0["name"]?.text ?? "")" }
            }
            for part in devices.items(of: "config", "constraints") {
                for name in part.items(of: "requests") where !names.contains(name.text ?? "") {
                    findings.add(
                        "\(claim.words) refers to request `\(name.text ?? "")`, which it does not have",
                        at: name.place, label: "no such request", help: meant(name, names))
                }
                guard let attribute = part["matchAttribute"], let text = attribute.text, !text.mentions("/") else {
                    continue
                }
                findings.add(
                    "\(claim.words) matches the attribute `\(text)`, which has no domain", at: attribute.place,
                    label: "must be `domain/name`", help: "write `gpu.nvidia.com/\(text)`")
            }
        }
    }
}
