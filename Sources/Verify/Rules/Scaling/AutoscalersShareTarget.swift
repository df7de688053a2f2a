import Groundwork

extension Rule {
    static let autoscalersShareTarget = Rule(
        "autoscalers-share-target", .scaling,
        why:
            "two autoscalers with the same target undo each other's changes; KEDA creates an HPA for each ScaledObject",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: b}
            spec: {scaleTargetRef: {name: b}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, annotations: {scaledobject.keda.sh/transfer-hpa-ownership: "true"}}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {name: old}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: old}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {kind: StatefulSet, name: a}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a, namespace: ai}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ↓a}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: 2}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a-by-night}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ↓a}}
            ---
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: b-cpu}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: b}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: b-memory}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: ↓b}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, annotations: {scaledobject.keda.sh/transfer-hpa-ownership: "true"}}
            spec: {scaleTargetRef: {name: a}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: old}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ↓a}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            guard let first = tree.autoscalers(of: scaler.target).first,
                first.object.reference != scaler.object.reference,
                tree.areTogether(first.object, scaler.object), !first.takes(over: scaler), !scaler.takes(over: first)
            else { continue }
            findings.add(
                "\(scaler.object.words) scales \(scaler.target.kind.name) `\(scaler.target.name)`, which "
                    + "\(first.object.words) already scales",
                at: scaler.targetName.place, label: "already has an autoscaler",
                notes: [first.object.note("the other autoscaler is here")],
                isCertain: tree.areApplied(together: first.object, scaler.object))
        }
    }
}

extension Inventory.Autoscaler {
    /// Whether this ScaledObject takes over the ownership of that HPA.
    fileprivate func takes(over other: Inventory.Autoscaler) -> Bool {
        takesOver && other.object.kind == .horizontalPodAutoscaler && horizontalName == other.object.name
    }
}
