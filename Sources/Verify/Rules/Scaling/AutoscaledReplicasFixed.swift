import Groundwork

extension Rule {
    static let autoscaledReplicasFixed = Rule(
        "autoscaled-replicas-fixed", .scaling, elsewhere: .mildly,
        why: "every sync of the Deployment sets its replicas back, against the autoscaler that has just changed them",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template: {spec: {}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template: {spec: {}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template: {spec: {}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template: {spec: {}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template: {spec: {}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec: {replicas: null}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              ↓replicas: 2
              template: {spec: {}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              ↓replicas: 1
              template: {spec: {}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}}
            ---
            apiVersion: leaderworkerset.x-k8s.io/v1
            kind: LeaderWorkerSet
            metadata: {name: b}
            spec: {↓replicas: 2}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: b}
            spec: {scaleTargetRef: {apiVersion: leaderworkerset.x-k8s.io/v1, kind: LeaderWorkerSet, name: b}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            guard let target = tree.object(scaler.target), let spec = target.spec, spec["replicas"] != nil else {
                continue
            }
            findings.add(
                "\(target.words) fixes its replicas, and \(scaler.object.words) scales it",
                at: spec.keyPlace("replicas"),
                label: "set back by every sync", notes: [scaler.object.note("the autoscaler is here")],
                help:
                    "leave `replicas` out; where `kubectl apply` runs without `--server-side`, first take it out of what was last applied: a field that such an apply removes is one replica for a moment",
                fix: [spec.removing("replicas")])
        }
    }
}
