import Diagnostics
import Groundwork

extension Rule {
    static let migProfileNotFound = Rule(
        "mig-profile-not-found", .sharing,
        why: "if no GPU supports a MIG profile, no such partition ever exists, and pods that request it stay pending",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: mig, exactly: {deviceClassName: mig.nvidia.com, selectors: [{cel: {expression: "device.attributes['gpu.nvidia.com'].profile == '3g.40gb'"}}]}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p4d.24xlarge, p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.5gb.me: 1}}}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-3g.40gb: 1}}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: a}
            spec:
              selectors:
              - cel:
                  expression: device.attributes['gpu.nvidia.com'].profile == '2g.20gb'
            ---
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: b}
            spec:
              selectors:
              - cel: {expression: 'device.attributes["gpu.nvidia.com"].profile in ["1g.10gb", "1g.18gb"]'}
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
                      deviceClassName: mig.nvidia.com
                      selectors: [{cel: {expression: "device.attributes['gpu.nvidia.com'].profile == '1g.10gb+me'"}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [p5, g6]}
            ---
            # One of the families has GPUs with this profile.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]}}}
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
                  requests: [{name: mig, exactly: {deviceClassName: mig.nvidia.com, selectors: [{cel: {expression: ↓"device.attributes['gpu.nvidia.com'].profile == '5g.40gb'"}}]}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {↓nvidia.com/mig-1g.5gb: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [g]}
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l4, l40s]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/mig-1g.10gb: 1}}}]}}}
            """,
        ]
    ) { tree, findings in
        let known = Set(Catalog.migProfiles.map(\.name))
        for claim in tree.objects(.resourceClaim) + tree.objects(.resourceClaimTemplate) + tree.objects(.deviceClass) {
            for expression in tree.expressions(of: claim) {
                guard let match = (expression.text ?? "").firstMatch(of: /\.profile\s*==\s*['"]([^'"]+)['"]/) else {
                    continue
                }
                let profile = plainProfile(String(match.output.1))
                guard !known.contains(profile) else { continue }
                findings.add(
                    "\(claim.words) requests the MIG profile `\(profile)`, which no GPU on EC2 supports",
                    at: expression.place, label: "no such MIG profile",
                    help: closest(to: profile, among: known.sorted()).map { "did you mean `\($0)`?" })
            }
        }
        for (workload, reach) in tree.reachingWorkloads where !workload.isDaemon {
            for request in workload.pod.gpus where request.resource.hasPrefix("nvidia.com/mig-") {
                let pools = reach.tolerated.map { tree.nodes[$0] }.filter { $0.hasGPUs != false }
                let types = pools.flatMap { $0.gpuTypes.known ?? [] }
                guard !types.isEmpty, pools.allSatisfy({ $0.gpuTypes.known != nil }) else { continue }
                let resource = plainProfile(request.resource)
                let isPossible = types.contains { type in
                    Catalog.migProfiles(gpu: type.gpuID).contains { $0.resource == resource }
                }
                if isPossible { continue }
                findings.add(
                    "the pods of \(workload.object.words) request `\(request.resource)`, which no GPU of their NodePools supports",
                    at: request.place, label: "not available on `\(types[0].name)`")
            }
        }
    }
}

extension Inventory {
    /// The CEL expressions with which a claim or class selects devices.
    func expressions(of claim: KubernetesObject) -> [ManifestValue] {
        let spec = claim.kind == .resourceClaimTemplate ? claim.spec?["spec"] : claim.spec
        let requests = spec?["devices"]?["requests"]?.items ?? []
        let parts = requests.flatMap { [$0, $0["exactly"]].compactMap { $0 } + $0.items(of: "firstAvailable") }
        let owners = parts + [spec].compactMap { $0 }
        return owners.flatMap { $0.items(of: "selectors") }.compactMap { $0["cel"]?["expression"] }
    }
}
