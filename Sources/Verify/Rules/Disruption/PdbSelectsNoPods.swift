import Groundwork

extension Rule {
    static let pdbSelectsNoPods = Rule(
        "pdb-selects-no-pods", .disruption, inPartialTree: .warnOnEvidence,
        why: "a PodDisruptionBudget that selects no pods protects nothing",
        accepts: [
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {containers: []}
            """,
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec:
              maxUnavailable: 1
              selector:
                matchExpressions:
                - {key: app, operator: In, values: [a, b]}
                - {key: canary, operator: DoesNotExist}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: b, tier: serving}}
                spec:
                  containers: [{name: a}]
            """,
            """
            # An empty selector is of all pods of the namespace.
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a, namespace: serving}
            spec: {maxUnavailable: 1, selector: {}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a, namespace: serving}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a}]
            """,
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a, rollout: stable}}
                spec:
                  containers: [{name: a}]
            """,
            """
            # The controllers of StatefulSets and of other kinds set these labels.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: leaderworkerset.x-k8s.io/v1
            kind: LeaderWorkerSet
            metadata: {name: b}
            spec:
              leaderWorkerTemplate:
                leaderTemplate: {metadata: {labels: {role: leader}}, spec: {containers: [{name: a}]}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {maxUnavailable: 1, selector: {matchLabels: {apps.kubernetes.io/pod-index: "0"}}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: b}
            spec: {maxUnavailable: 1, selector: {matchLabels: {role: leader}}}
            """,
        ],
        rejects: [
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec:
              ↓selector:
                matchLabels: {app: b}
                matchExpressions:
                - {key: role, operator: In, values: [base]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {containers: []}
            """,
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a, namespace: default}
            spec:
              maxUnavailable: 1
              ↓selector: {matchLabels: {app: a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: serving}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a}]
            """,
            """
            # A Deployment's own labels are not those of its pods.
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {minAvailable: 1, ↓selector: {matchLabels: {app: a, release: blue}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, labels: {app: a, release: blue}}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a}]
            """,
            """
            # In `policy/v1` no selector selects nothing, and `{}` everything.
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec: {↓maxUnavailable: 1}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: b}
            spec: {maxUnavailable: 1, selector: {}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            """,
        ]
    ) { tree, findings in
        for budget in tree.objects(.podDisruptionBudget) {
            guard let written = budget.spec?["selector"] else {
                guard let spec = budget.spec, budget.root["apiVersion"]?.text == "policy/v1" else { continue }
                findings.add(
                    "\(budget.words) has no selector, so it selects no pods",
                    at: spec.entries?.first?.keyPlace ?? spec.place, label: "no `selector`",
                    help: "select the labels of the pods; `{}` selects every pod of the namespace", evidence: true)
                continue
            }
            let selector = LabelSelector(written)
            if tree.mayHavePods(matching: selector, in: budget.namespace)
                || tree.scope.hasForeignPods(in: budget.namespace)
            {
                continue
            }
            findings.add(
                "\(budget.words) selects no pods in namespace `\(budget.namespace)`",
                at: budget.spec?.keyPlace("selector") ?? written.place, label: "no workload has pods with these labels",
                notes: tree.nearest(to: selector, namespace: budget.namespace),
                evidence: tree.nearlyMatches(selector, in: budget.namespace))
        }
    }
}
