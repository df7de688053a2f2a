import Groundwork

extension Rule {
    static let kedaTriggerAuthenticationNotFound = Rule(
        "keda-trigger-authentication-not-found", .scaling, inPartialTree: .warnOnEvidence,
        why: "without its TriggerAuthentication, a trigger cannot query its metric, and the target is not scaled",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: TriggerAuthentication
            metadata: {name: a}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              triggers:
              - {type: prometheus, authenticationRef: {name: a}}
              - type: prometheus
                authenticationRef: {kind: ClusterTriggerAuthentication, name: made-elsewhere}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ClusterTriggerAuthentication
            metadata: {name: a}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, namespace: ai}
            spec:
              triggers:
              - {type: prometheus, authenticationRef: {kind: ClusterTriggerAuthentication, name: a}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: TriggerAuthentication
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a, namespace: ai}
            spec:
              triggers:
              - {type: aws-sqs-queue, authenticationRef: {kind: TriggerAuthentication, name: a}}
              - {type: cron}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: TriggerAuthentication
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              triggers:
              - {type: prometheus, authenticationRef: {name: ↓a}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ClusterTriggerAuthentication
            metadata: {name: a}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledJob
            metadata: {name: a}
            spec:
              triggers:
              - {type: prometheus, authenticationRef: {name: ↓a}}
              - {type: prometheus, authenticationRef: {kind: ClusterTriggerAuthentication, name: ↓b}}
            """,
        ]
    ) { tree, findings in
        let shared = tree.objects(.clusterTriggerAuthentication)
        for scaler in tree.objects(.scaledObject) + tree.objects(.scaledJob) {
            for reference in scaler.spec?["triggers"]?.items?.compactMap({ $0["authenticationRef"] }) ?? [] {
                guard let name = reference["name"] else { continue }
                let isShared = reference["kind"]?.text == "ClusterTriggerAuthentication"
                // A tree without any may use those of other trees.
                if isShared, shared.isEmpty || shared.contains(where: { $0.name == name.text }) { continue }
                if !isShared, tree.object(.triggerAuthentication, name.text ?? "", in: scaler.namespace) != nil {
                    continue
                }
                let kind = isShared ? "ClusterTriggerAuthentication" : "TriggerAuthentication"
                findings.add(
                    "a trigger of \(scaler.words) uses \(kind) `\(name.text ?? "")`, which does not exist"
                        + (isShared ? "" : " in namespace `\(scaler.namespace)`"),
                    at: name.place, label: "no such \(kind)")
            }
        }
    }
}
