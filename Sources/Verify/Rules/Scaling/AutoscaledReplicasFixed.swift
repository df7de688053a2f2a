import Diagnostics
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
            """
            # A sync leaves them alone.
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]
              syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {replicas: 2, template: {spec: {}}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            """,
            """
            # In a cluster the autoscaler has set them.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, uid: 1b2c, resourceVersion: "7", creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {replicas: 2, template: {spec: {}}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, uid: 2c3d, resourceVersion: "8", creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {scaleTargetRef: {name: a}}
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
            """
            # Only differences are ignored here, or those of another kind.
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences: [{kind: Deployment, jsonPointers: [/spec/replicas]}]
              syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              ↓replicas: 0
              template: {spec: {}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            """,
        ]
    ) { tree, findings in
        let kept = tree.ignoredDifferences.filter { $0.isRespected && $0.isOfReplicas }
        for scaler in tree.autoscalers {
            // In a cluster the autoscaler sets it.
            guard let target = tree.object(scaler.target), let spec = target.spec, let replicas = spec["replicas"],
                !target.isLive, !replicas.isNull, tree.areTogether(target, scaler.object),
                !kept.contains(where: { $0.covers(target) })
            else { continue }
            let isZero = replicas.integer == 0
            let bound = replicas.integer.flatMap { count in
                count > 0 && count < scaler.minimum ? scaler.minimum : scaler.maximum.flatMap { count > $0 ? $0 : nil }
            }
            let corrected = bound.map {
                Diagnostic.Note(
                    "the HPA corrects \(replicas.integer ?? 0) to \($0) replicas at once, without its windows and policies"
                )
            }
            findings.add(
                "\(target.words) sets `replicas`, but \(scaler.object.words) scales it",
                at: spec.keyPlace("replicas"),
                label: isZero ? "every sync scales it to zero, where the HPA is disabled" : "reset by every sync",
                notes: [scaler.object.note("the autoscaler is here")] + [corrected].compactMap { $0 },
                help:
                    "remove `replicas`; if you run `kubectl apply` without `--server-side`, first remove it from the last-applied configuration, because such an apply scales to one replica for a moment when it removes the field",
                fix: [spec.removing("replicas")])
        }
    }
}
