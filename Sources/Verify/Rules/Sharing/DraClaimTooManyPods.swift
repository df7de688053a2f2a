import Groundwork

extension Rule {
    static let draClaimTooManyPods = Rule(
        "dra-claim-too-many-pods", .sharing,
        why:
            "a ResourceClaim is reserved for at most \(Thresholds.mostClaimPods.text) pods; further pods stay pending until one of them ends",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 8
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimName: shared}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 256
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimName: shared}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 300
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: own}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 300
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimName: ↓shared}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: own, resourceClaimTemplateName: a}, {name: gpu, resourceClaimName: ↓shared}]
                  containers: [{name: a, resources: {claims: [{name: own}, {name: gpu}]}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {kind: StatefulSet, name: a}, maxReplicaCount: 257}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where !workload.pod.claims.isEmpty {
            let scaled = tree.autoscalers(of: workload.object.reference).compactMap(\.maximum).max()
            let most = scaled ?? workload.object.spec?["replicas"]?.count ?? 1
            guard Double(most) > Thresholds.mostClaimPods.value,
                let claim = workload.pod.claims.compactMap(\.claim).first
            else { continue }
            findings.add(
                "up to \(most) pods of \(workload.object.words) share the claim `\(claim.text ?? "")`", at: claim.place,
                label: "at most \(Thresholds.mostClaimPods.text) pods can share it")
        }
    }
}
