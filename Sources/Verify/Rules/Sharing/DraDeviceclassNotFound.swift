import Groundwork

extension Rule {
    static let draDeviceclassNotFound = Rule(
        "dra-deviceclass-not-found", .sharing, inPartialTree: .warnOnEvidence,
        why: "a claim that refers to a missing DeviceClass is never allocated",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests:
                  - {name: a, exactly: {deviceClassName: h100}}
                  - {name: b, exactly: {deviceClassName: mig.nvidia.com}}
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: h100}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - {name: channel, exactly: {deviceClassName: compute-domain-default-channel.nvidia.com}}
                - {name: vm, exactly: {deviceClassName: vfio.gpu.nvidia.com}}
            """,
            """
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaim
            metadata: {name: a, namespace: ai}
            spec: {devices: {requests: [{name: gpu, deviceClassName: h100}]}}
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: h100}
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
                - name: a
                  firstAvailable:
                  - {name: x, deviceClassName: h100}
                  - {name: y, deviceClassName: ↓h200}
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: h100}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: ↓nvidia.com/gpu}}]}}}
            ---
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaim
            metadata: {name: a}
            spec: {devices: {requests: [{name: channel, deviceClassName: ↓imex.nvidia.com}]}}
            """,
        ]
    ) { tree, findings in
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) {
            for name in tree.devices(of: claim).map(\.className) {
                let text = name.text ?? ""
                if Inventory.stockDeviceClasses.contains(text) || tree.object(.deviceClass, text) != nil { continue }
                let known = Inventory.stockDeviceClasses.sorted() + tree.objects(.deviceClass).map(\.name)
                findings.add(
                    "\(claim.words) requests devices of DeviceClass `\(text)`, which does not exist", at: name.place,
                    label: "neither in the tree nor installed by NVIDIA's driver", help: meant(name, known))
            }
        }
    }
}
