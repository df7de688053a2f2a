import Groundwork

extension Rule {
    static let autoscalerTargetNotFound = Rule(
        "autoscaler-target-not-found", .scaling, inPartialTree: .warnOnEvidence,
        why: "an autoscaler whose target does not exist scales nothing, and reports it only in its status",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: a}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: a}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: b, namespace: ai}
            spec: {scaleTargetRef: {kind: StatefulSet, name: b}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: b, namespace: ai}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            --- # kustomization.yaml
            namePrefix: dev-
            resources: [example.yaml]
            """,
        ],
        rejects: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ↓b}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, namespace: ai}
            spec: {scaleTargetRef: {name: ↓a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: ↓a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            --- # kustomization.yaml
            namePrefix: dev-
            resources: [example.yaml]
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers where tree.object(scaler.target) == nil {
            let target = scaler.target
            if tree.scope.hasElsewhere(target.kind.name, target.name, in: target.namespace) { continue }
            let others = tree.objects(target.kind)
            findings.add(
                "\(scaler.object.words) scales \(target.kind.name) `\(target.name)`, which does not exist in namespace "
                    + "`\(target.namespace)`",
                at: scaler.targetName.place, label: "no such \(target.kind.name)",
                notes: others.filter { $0.name == target.name }.prefix(1).map {
                    $0.note("an object with this name is in namespace `\($0.namespace)`")
                },
                help: (tree.scope.built.has(scaler.object.path)
                    ? tree.scope.built.renaming(target.kind, target.name) : nil)
                    ?? meant(scaler.targetName, others.filter { $0.namespace == target.namespace }.map(\.name)))
        }
    }
}
