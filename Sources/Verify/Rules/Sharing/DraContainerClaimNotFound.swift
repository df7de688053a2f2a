import Groundwork

extension Rule {
    static let draContainerClaimNotFound = Rule(
        "dra-container-claim-not-found", .sharing,
        why: "a container can get devices only from the claims of its own pod",
        accepts: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimName: a}]
              containers:
              - name: a
                resources:
                  claims: [{name: gpu}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimName: whole}, {name: nic, resourceClaimTemplateName: efa}]
                  initContainers: [{name: warm, resources: {claims: [{name: gpu}]}}]
                  containers: [{name: a, resources: {claims: [{name: gpu, request: b}, {name: nic}]}}, {name: proxy}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec: {resourceClaims: [{name: gpu, resourceClaimName: a}]}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resourceClaims: [{name: gpu, resourceClaimName: a}]
              containers:
              - name: a
                resources:
                  claims: [{name: ↓gpus}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: whole-gpu}]
                  containers: [{name: a, resources: {claims: [{name: ↓whole-gpu}]}}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: b}
            spec:
              initContainers: [{name: warm, resources: {claims: [{name: ↓gpu}]}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            let own = workload.pod.claims.map(\.name)
            for name in workload.pod.usedClaims where !own.contains(name.text ?? "") {
                findings.add(
                    "a container of \(workload.object.words) uses claim `\(name.text ?? "")`, which its pods do not have",
                    at: name.place, label: "no such claim in the pod", help: meant(name, own))
            }
        }
    }
}

extension Inventory.Pod {
    /// The names of the claims that containers use.
    var usedClaims: [ManifestValue] {
        containers.flatMap { $0.value["resources"]?["claims"]?.items ?? [] }.compactMap { $0["name"] }
    }
}
