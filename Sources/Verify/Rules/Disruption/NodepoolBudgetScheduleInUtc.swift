import Groundwork

extension Rule {
    static let nodepoolBudgetScheduleInUtc = Rule(
        "nodepool-budget-schedule-in-utc", .disruption, .warning,
        why: "Karpenter reads the schedule of a disruption budget in UTC, not in local time",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, budgets: [{nodes: "0", schedule: "0 0 * * 1-5", duration: 8h}]}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # 9:00 of New York in summer.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                consolidateAfter: 15m
                budgets:
                - {nodes: "0", schedule: "0 13 * * mon-fri", duration: 8h}
            """,
            """
            # Not the hours of an office.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                consolidateAfter: 15m
                budgets:
                - {nodes: "0", schedule: "0 9 * * *", duration: 2h}
                - {nodes: "1", schedule: "0 9 * * 6,0", duration: 24h}
                - {nodes: "0", schedule: "@daily", duration: 9h}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, budgets: [{nodes: "0", schedule: ↓"0 9 * * 1-5", duration: 8h}]}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                consolidateAfter: 15m
                budgets:
                - {nodes: 10%}
                - {nodes: "0", reasons: [Underutilized, Drifted], schedule: ↓0 8 * * MON-FRI, duration: 10h}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                consolidateAfter: 15m
                budgets: [{nodes: "0", schedule: ↓0 09 * * Mon-Fri, duration: 8h}]
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            for budget in pool.object.spec?["disruption"]?["budgets"]?.items ?? [] {
                guard let schedule = budget["schedule"], let text = schedule.text else { continue }
                let parts = text.split(separator: " ")
                guard parts.count == 5, let hour = Int(parts[1]), (8...9).contains(hour),
                    ["1-5", "mon-fri", "1,2,3,4,5", "mon,tue,wed,thu,fri"].contains(parts[4].lowercased())
                else { continue }
                findings.add(
                    "a disruption budget of \(pool.object.words) begins at \(hour):00 UTC on weekdays",
                    at: schedule.place, label: "in UTC, not in local time",
                    help:
                        "if these are business hours in another time zone, convert them to UTC, including the "
                        + "days of the week"
                )
            }
        }
    }
}
