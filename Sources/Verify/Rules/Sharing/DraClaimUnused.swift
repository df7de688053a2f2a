import Groundwork

extension Rule {
    static let draClaimUnused = Rule(
        "dra-claim-unused", .sharing,
        why: "a claim that no container uses holds devices that no container gets",
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
                  claims: [{name: gpu, request: b}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}, {name: nic, resourceClaimTemplateName: b}]
                  initContainers: [{name: proxy, restartPolicy: Always, resources: {claims: [{name: nic}]}}]
                  containers:
                  - {name: a, resources: {claims: [{name: gpu}]}}
                  - {name: b, resources: {claims: [{name: gpu}]}}
            """,
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers: [{name: a, resources: {claims: [{name: gpu}]}}]
                      resourceClaims: [{name: gpu, source: {resourceClaimTemplateName: a}}]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers: [{name: a}]
              resourceClaims: [{name: ↓gpu, resourceClaimName: a}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}, {name: ↓nic, resourceClaimName: b}]
                  containers: [{name: a, resources: {claims: [{name: gpu, request: nic}]}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where !workload.pod.claims.isEmpty {
            let used = Set(workload.pod.usedClaims.compactMap(\.text))
            for claim in workload.pod.claims where !used.contains(claim.name) {
                findings.add(
                    "no container of \(workload.object.words) uses claim `\(claim.name)`", at: claim.place,
                    label: "unused claim",
                    help: "add it to `resources.claims` of the container that needs the devices")
            }
        }
    }
}
