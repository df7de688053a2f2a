import Groundwork

extension Rule {
    static let argoIgnoredDifferenceNotRespected = Rule(
        "argo-ignored-difference-not-respected", .gitops, .warning,
        why:
            "`ignoreDifferences` only affects the comparison: without `RespectIgnoreDifferences=true` every sync writes the "
            + "fields, and an entry of another group or kind matches nothing",
        accepts: [
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]
              syncPolicy: {automated: {selfHeal: true}, syncOptions: [RespectIgnoreDifferences=true]}
            """,
            """
            # Nothing in Git sets the field, so that no sync writes it.
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]
              syncPolicy: {automated: {selfHeal: true}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a}]}}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            """,
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences:
              - {group: "*", kind: Deployment, jqPathExpressions: [.spec.replicas]}
              - {kind: Secret, name: token, jsonPointers: [/data]}
              syncPolicy: {syncOptions: [CreateNamespace=true, RespectIgnoreDifferences=true]}
            """,
        ],
        rejects: [
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: ↓[/spec/replicas]}]
              syncPolicy: {automated: {selfHeal: true}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {replicas: 2, template: {spec: {containers: [{name: a}]}}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec: {scaleTargetRef: {name: a}}
            """,
            """
            # A Deployment is of the group `apps`.
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: models}
            spec:
              ignoreDifferences: [{kind: ↓Deployment, jsonPointers: [/spec/replicas]}]
              syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}
            """,
            """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: models}
            spec:
              template:
                spec:
                  ignoreDifferences:
                  - group: ↓keda.sh
                    kind: StatefulSet
                    jqPathExpressions: [.spec.replicas]
                  - group: apps
                    kind: StatefulSet
                    jqPathExpressions: ↓[.spec.replicas]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec: {replicas: 1, template: {spec: {containers: [{name: a}]}}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}, maxReplicas: 4}
            """,
        ]
    ) { tree, findings in
        let groups = ["Deployment": "apps", "StatefulSet": "apps", "DaemonSet": "apps", "ReplicaSet": "apps"]
        for difference in tree.ignoredDifferences {
            let entry = difference.value
            if let kind = entry["kind"], let right = groups[kind.text ?? ""],
                let group = entry["group"]?.text ?? .some(""),
                group != right, group != "*"
            {
                findings.add(
                    "\(difference.application.words) ignores differences of \(kind.text ?? "") in group `\(group)`, where "
                        + "there is no such kind",
                    at: (entry["group"] ?? kind).place, label: "matches nothing", help: "set `group: \(right)`")
                continue
            }
            guard difference.isOfReplicas, !difference.isRespected else { continue }
            let scaled = tree.autoscalers.first { scaler in
                guard let target = tree.object(scaler.target) else { return false }
                return target.spec?["replicas"] != nil && !target.isLive && difference.covers(target)
            }
            guard let scaled, let target = tree.object(scaled.target), let spec = target.spec else { continue }
            let place = (entry["jsonPointers"] ?? entry["jqPathExpressions"] ?? entry["managedFieldsManagers"] ?? entry)
                .place
            findings.add(
                "\(difference.application.words) ignores the replicas of \(target.words) only in comparisons",
                at: place,
                label: "every sync writes them all the same",
                notes: [.init("the replicas are set here", at: spec.keyPlace("replicas"))],
                help: "add `RespectIgnoreDifferences=true` to `syncOptions`, or remove `replicas`")
        }
    }
}
