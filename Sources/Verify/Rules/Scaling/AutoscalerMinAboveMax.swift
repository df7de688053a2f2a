import Groundwork

extension Rule {
    static let autoscalerMinAboveMax = Rule(
        "autoscaler-min-above-max", .scaling,
        why: "an autoscaler with a minimum above its maximum is rejected, or never scales",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: 2, maxReplicaCount: 2}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: 100}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: b}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: b}, maxReplicas: 1}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, idleReplicaCount: 0, minReplicaCount: 2, maxReplicaCount: 3}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: a}
                spec: {minReplicaCount: 4, maxReplicaCount: 8}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: ↓4, maxReplicaCount: 2}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: b}
            spec: {scaleTargetRef: {kind: Deployment, name: b}, minReplicas: ↓3, maxReplicas: 1}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: ↓120}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            guard let least = scaler.least, let maximum = scaler.maximum, scaler.minimum > maximum else { continue }
            findings.add(
                "\(scaler.object.words) has a minimum of \(scaler.minimum) replicas, greater than its maximum, \(maximum)",
                at: least.place,
                label: "greater than the maximum",
                notes: scaler.most.map { [.init("the maximum is here", at: $0.place)] } ?? [])
        }
    }
}
