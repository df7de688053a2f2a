import Groundwork

extension Rule {
    static let budgetWithoutPods = Rule(
        "budget-without-pods", .disruption, elsewhere: .onEvidence,
        why: "a PodDisruptionBudget that matches no pod protects nothing",
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
            """
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
            """
        ]
    ) { tree, findings in
        for budget in tree.objects(.podDisruptionBudget) {
            guard let written = budget.spec?["selector"] else { continue }
            let selector = LabelSelector(written)
            guard tree.workload(matching: selector, in: budget.namespace) == nil else { continue }
            findings.add(
                "\(budget.words) protects no pod of namespace `\(budget.namespace)`",
                at: budget.spec?.keyPlace("selector") ?? written.place, label: "no workload's pods have these labels",
                notes: tree.nearest(to: selector, namespace: budget.namespace),
                evidence: tree.nearlyMatches(selector, in: budget.namespace))
        }
    }
}
