import Groundwork

extension Rule {
    static let fixedReplicas = Rule(
        "fixed-replicas", .scaling, elsewhere: .mildly,
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
            """
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
