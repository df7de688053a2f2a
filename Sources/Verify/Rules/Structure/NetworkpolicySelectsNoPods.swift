import Groundwork

extension Rule {
    static let networkpolicySelectsNoPods = Rule(
        "networkpolicy-selects-no-pods", .structure, inPartialTree: .warnOnEvidence,
        why: "a NetworkPolicy that selects no pods protects nothing",
        accepts: [
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: all}
            spec: {podSelector: {}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a}
            spec:
              podSelector: {matchLabels: {app: a}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, labels: {app: a}}
            spec: {}
            """,
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a, namespace: ai}
            spec:
              podSelector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a, namespace: ai}
            spec:
              jobTemplate:
                spec:
                  template:
                    metadata: {labels: {app: b}}
                    spec: {}
            """,
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a}
            spec:
              podSelector: {matchLabels: {app: a}}
              ingress: [{from: [{podSelector: {matchLabels: {app: elsewhere}}}]}]
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a, version: b}}
                spec: {}
            """,
        ],
        rejects: [
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a}
            spec:
              ↓podSelector: {matchLabels: {app: b}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, labels: {app: a}}
            spec: {}
            """,
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a}
            spec:
              ↓podSelector: {matchLabels: {app: a}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: b, namespace: ai}
            spec:
              ↓podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai, labels: {app: b}}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {}
            """,
        ]
    ) { tree, findings in
        for policy in tree.objects(.networkPolicy) {
            guard let spec = policy.spec, let written = spec["podSelector"] else { continue }
            let selector = LabelSelector(written)
            if selector.isEmpty || tree.mayHavePods(matching: selector, in: policy.namespace) { continue }
            findings.add(
                "\(policy.words) selects no pods in namespace `\(policy.namespace)`", at: spec.keyPlace("podSelector"),
                label: "no workload has pods with these labels",
                notes: tree.nearest(to: selector, namespace: policy.namespace),
                evidence: tree.nearlyMatches(selector, in: policy.namespace))
        }
    }
}
