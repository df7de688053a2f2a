import Groundwork

extension Rule {
    static let draClaimNotFound = Rule(
        "dra-claim-not-found", .sharing, inPartialTree: .warnOnEvidence,
        why: "a pod whose ResourceClaim or ResourceClaimTemplate does not exist in its namespace stays pending",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: ai}
            spec:
              resourceClaims:
              - {name: gpu, resourceClaimTemplateName: a}
              - {name: channel, resourceClaimTemplateName: b}
            ---
            apiVersion: resource.nvidia.com/v1beta1
            kind: ComputeDomain
            metadata: {name: a, namespace: ai}
            spec:
              channel: {resourceClaimTemplate: {name: b}}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: shared, namespace: ai}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai}
            spec:
              replicas: 2
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimName: shared}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: ai}
            spec:
              resourceClaims: [{name: gpu, source: {resourceClaimName: shared}}]
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
            --- # kustomization.yaml
            namespace: ai
            resources: [example.yaml]
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims:
              - {name: gpu, resourceClaimName: ↓a}
              - {name: gpu2, resourceClaimTemplateName: ↓b}
            """,
            """
            apiVersion: resource.nvidia.com/v1beta1
            kind: ComputeDomain
            metadata: {name: a, namespace: other}
            spec:
              channel: {resourceClaimTemplate: {name: a-channel}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: ai}
            spec:
              resourceClaims:
              - {name: channel, resourceClaimTemplateName: ↓a-channel}
            """,
        ]
    ) { tree, findings in
        let made = Set(
            tree.objects(.computeDomain).compactMap { domain in
                (domain.spec?["channel"]?["resourceClaimTemplate"]?["name"]?.text).map { "\(domain.namespace)/\($0)" }
            })
        for workload in tree.workloads {
            let namespace = workload.object.namespace
            for claim in workload.pod.claims where tree.source(of: claim, in: namespace) == nil {
                guard let name = claim.template ?? claim.claim,
                    claim.template == nil || !made.contains("\(namespace)/\(name.text ?? "")")
                else { continue }
                let kind: ObjectKind = claim.template == nil ? .resourceClaim : .resourceClaimTemplate
                findings.add(
                    "the pods of \(workload.object.words) need \(kind.name) `\(name.text ?? "")`, which does not "
                        + "exist in namespace `\(namespace)`",
                    at: name.place, label: "no such \(kind.name)", help: meant(name, tree.objects(kind).map(\.name)))
            }
        }
    }
}
