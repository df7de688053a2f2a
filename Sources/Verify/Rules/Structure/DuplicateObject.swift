extension Rule {
    static let duplicateObject = Rule(
        "duplicate-object", .structure,
        why:
            "if two objects have the same kind, namespace and name, the one that is applied last silently "
            + "replaces the other",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: a}
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {generateName: train-}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {generateName: train-}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: train}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: train}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            --- # base/kustomization.yaml
            resources: [../example.yaml]
            --- # small/kustomization.yaml
            namePrefix: small-
            resources: [../base]
            --- # large/kustomization.yaml
            namePrefix: large-
            resources: [../base]
            --- # both/kustomization.yaml
            resources: [../small, ../large]
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            --- # staging/model.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai}
            --- # production/model.yaml
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ↓a, namespace: default}
            """,
            """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: ↓a}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a, namespace: karpenter}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: ↓a}
            """,
            """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: ↓a}}
            --- # more.yaml
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ↓a}
            """,
        ]
    ) { tree, findings in
        var earlier: [ObjectReference: [KubernetesObject]] = [:]
        for object in tree.objects where !object.name.isEmpty && !hasPlaceholder(object.name) {
            let others = earlier[object.reference] ?? []
            earlier[object.reference, default: []].append(object)
            let together = others.first { tree.areApplied(together: $0, object) }
            guard let first = together ?? others.first else { continue }
            findings.add(
                "\(object.words) is defined twice", at: object.place,
                label: "same kind, namespace and name as another object",
                notes: [first.note("the first definition is here, in `\(first.path)`")], isCertain: together != nil)
        }
    }
}
