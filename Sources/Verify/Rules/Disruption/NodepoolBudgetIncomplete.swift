import Groundwork

extension Rule {
    static let nodepoolBudgetIncomplete = Rule(
        "nodepool-budget-incomplete", .disruption,
        why: "a budget's schedule says when it begins and its duration when it ends; one without the other is refused",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                budgets: [{nodes: 10%}, {nodes: "0", schedule: 0 0 * * mon-fri, duration: 9h}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                budgets: [{nodes: "0", schedule: "@daily", duration: 8h30m, reasons: [Drifted]}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                # At any time.
                budgets: [{nodes: "0", reasons: [Underutilized]}, {nodes: 20%}]
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                budgets: [{nodes: "0", ↓schedule: 0 0 * * mon-fri}, {nodes: "0", ↓duration: 9h}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                budgets:
                - nodes: 10%
                - nodes: "0"
                  ↓schedule: "@daily"
                  reasons: [Drifted, Underutilized]
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            for budget in pool.object.spec?["disruption"]?["budgets"]?.items ?? [] {
                let (schedule, duration) = (budget["schedule"] != nil, budget["duration"] != nil)
                guard schedule != duration else { continue }
                let (present, absent) = schedule ? ("schedule", "duration") : ("duration", "schedule")
                findings.add(
                    "a budget of \(pool.object.words) has a \(present) and no \(absent)", at: budget.keyPlace(present),
                    label: "without a \(absent)")
            }
        }
    }
}
