import Groundwork

extension Rule {
    static let nodepoolBudgetIncomplete = Rule(
        "nodepool-budget-incomplete", .disruption,
        why:
            "the schedule of a disruption budget sets when it begins, and its duration when it ends. The API "
            + "server rejects one without the other",
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
                    "a disruption budget of \(pool.object.words) has a \(present) but no \(absent)",
                    at: budget.keyPlace(present), label: "must have a \(absent) as well")
            }
        }
    }
}
