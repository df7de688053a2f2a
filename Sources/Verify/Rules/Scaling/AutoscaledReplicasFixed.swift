import Groundwork

extension Rule {
    static let autoscaledReplicasFixed = Rule(
        "autoscaled-replicas-fixed", .scaling, inPartialTree: .warn,
        why: "every sync of the Deployment resets its replicas and undoes the change of the autoscaler",
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
                "\(target.words) sets `replicas`, but \(scaler.object.words) scales it",
                at: spec.keyPlace("replicas"),
                label: "reset by every sync", notes: [scaler.object.note("the autoscaler is here")],
                help:
                    "remove `replicas`; if you run `kubectl apply` without `--server-side`, first remove it from the last-applied configuration, because such an apply scales to one replica for a moment when it removes the field",
                fix: [spec.removing("replicas")])
        }
    }
}
