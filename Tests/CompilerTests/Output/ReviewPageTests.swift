import Diagnostics
import Testing

@testable import Compiler
@testable import Groundwork

@Suite struct `A page for reviewers` {
    private func figures(expected: Double, most: Int, up: Double, models: [String]) -> SourceFile {
        let parts = models.map { name in
            """
            {"name": "\(name)", "instanceType": "g6e.xlarge", "gpu": "l40s", "gpusPerReplica": 2, "minReplicas": 2,
             "maxReplicas": \(most), "thresholds": [{"signal": "running", "unit": "sequences", "scaleDown": 1.5,
             "scaleUp": \(up), "warning": 4, "critical": 5, "limit": 6}]}
            """
        }
        return SourceFile(
            path: "plan.json",
            text: """
                {"cluster": "a", "money": {"expectedDollarsPerMonth": \(expected), "worstDollarsPerMonth": 2000.4},
                 "models": [\(parts.joined(separator: ", "))],
                 "pools": [{"name": "pool", "types": ["g6e.xlarge"], "nodes": 3, "gpus": 3}],
                 "costs": [{"pool": "pool", "expectedDollarsPerMonth": \(expected), "worstDollarsPerMonth": 2000.4}]}
                """)
    }

    private func comparison(_ changes: [(String, TreeComparison.Change)]) -> TreeComparison {
        TreeComparison(
            files: changes.map { TreeComparison.File(path: $0.0, change: $0.1, isEmitted: true) }, foreignFiles: 0,
            claims: .noLock, lockDiffers: true)
    }

    private let changed: [(String, TreeComparison.Change)] = [
        ("plan.json", .updated), ("a.yaml", .created), ("b.yaml", .unchanged),
    ]

    @Test func `shows money, replicas and thresholds before the files, and only what changes`() {
        let page = reviewPage(
            of: "a", before: figures(expected: 1000, most: 4, up: 3, models: ["old", "kept"]),
            after: figures(expected: 900.25, most: 6, up: 3.5, models: ["kept", "new"]), comparison(changed),
            in: "out/a")
        let text = """
            ## `a`: expected $900 (-$100) per month, worst case $2,000 (unchanged)

            |                     | before | after  | change |
            |---------------------|--------|--------|--------|
            | expected, $/month   | $1,000 | $900   | -$100  |
            | worst case, $/month | $2,000 | $2,000 |        |
            | minimum replicas    | 4      | 4      |        |
            | maximum replicas    | 8      | 12     | +4     |
            | maximum nodes       | 3      | 3      |        |
            | maximum GPUs        | 3      | 3      |        |

            ### Models

            | model             | replicas      | replica runs on        | maximum GPUs or shares |
            |-------------------|---------------|------------------------|------------------------|
            | kept              | 2–4 → **2–6** | 2 × l40s on g6e.xlarge | 8 → **12**             |
            | **new** (new)     | 2–6           | 2 × l40s on g6e.xlarge | 12                     |
            | ~~old~~ (removed) | 2–4           | 2 × l40s on g6e.xlarge | 8                      |

            ### Thresholds

            | model, load per replica      | scale down | scale up    | warning | critical | limit |
            |------------------------------|------------|-------------|---------|----------|-------|
            | kept, sequences              | 1.5        | 3 → **3.5** | 4       | 5        | 6     |
            | **new, sequences** (new)     | 1.5        | 3.5         | 4       | 5        | 6     |
            | ~~old, sequences~~ (removed) | 1.5        | 3           | 4       | 5        | 6     |

            ### Pools

            | pool | instance types | max nodes | max GPUs | expected $/month  | worst case $/month |
            |------|----------------|-----------|----------|-------------------|--------------------|
            | pool | g6e.xlarge     | 3         | 3        | $1,000 → **$900** | $2,000             |

            ### Files

            <details><summary>1 created, 1 updated</summary>

            - update `out/a/plan.json`
            - create `out/a/a.yaml`

            </details>

            """
        #expect(page == text)
    }

    @Test func `says that only files change where the figures stay`() {
        let plan = figures(expected: 1000, most: 4, up: 3, models: ["a"])
        let page = reviewPage(of: "a", before: plan, after: plan, comparison(changed), in: "out/a")
        #expect(page.contains("Replicas, thresholds and pools do not change."))
        #expect(!page.contains("### Models"))
        #expect(page.contains("$1,000 (unchanged)"))
    }

    @Test func `says that nothing changes`() {
        let plan = figures(expected: 1000, most: 4, up: 3, models: ["a"])
        let page = reviewPage(of: "a", before: plan, after: plan, comparison([("a", .unchanged)]), in: "out/a")
        #expect(page == "## `a`: no changes\n")
    }

    @Test(arguments: [nil, "", "{}", "not: [json"])
    func `calls a cluster new whose folder holds no figures`(before: String?) {
        let old = before.map { SourceFile(path: "plan.json", text: $0) }
        let new = figures(expected: 1000, most: 4, up: 3, models: ["a"])
        let page = reviewPage(of: "a", before: old, after: new, comparison(changed), in: "out/a")
        #expect(page.hasPrefix("## `a` is new: expected $1,000 per month, worst case $2,000\n"))
    }

    @Test func `reads figures that an older version wrote`() {
        let old = SourceFile(
            path: "plan.json",
            text: """
                {"cluster": "a", "models": [{"name": "a", "thresholds": {"unit": "sequences", "scaleUp": 2}}], "pools": []}
                """)
        let page = reviewPage(
            of: "a", before: old, after: figures(expected: 1, most: 4, up: 3, models: ["a"]), comparison(changed),
            in: "out/a")
        #expect(page.contains("2 → **3**"))
    }

    @Test func `shows the team of a model that changes, and the teams whose costs change`() {
        func figures(_ team: String, expected: Double) -> SourceFile {
            SourceFile(
                path: "plan.json",
                text: """
                    {"cluster": "a", "money": {"expectedDollarsPerMonth": \(expected), "worstDollarsPerMonth": 2000},
                     "models": [{"name": "m", "team": "\(team)", "instanceType": "g6e.xlarge", "gpu": "l40s",
                      "gpusPerReplica": 1, "minReplicas": 2, "maxReplicas": 4, "thresholds": []}],
                     "costsByTeam": [{"team": "\(team)", "expectedDollarsPerMonth": \(expected),
                       "worstDollarsPerMonth": 1500, "budgetDollarsPerMonth": 1800},
                      {"expectedDollarsPerMonth": 0, "worstDollarsPerMonth": 500}]}
                    """)
        }
        let moved = reviewPage(
            of: "a", before: figures("chat", expected: 900), after: figures("search", expected: 900),
            comparison(changed), in: "out/a")
        #expect(moved.contains("| m     | chat → **search** | 2–4      | 1 × l40s on g6e.xlarge | 4 "), "\(moved)")
        #expect(moved.contains("| **search** (new)"), "\(moved)")
        let dearer = reviewPage(
            of: "a", before: figures("chat", expected: 900), after: figures("chat", expected: 950),
            comparison(changed), in: "out/a")
        #expect(dearer.contains("| chat | $900 → **$950**  | $1,500             | $1,800         |"), "\(dearer)")
        #expect(!dearer.contains("no team"), "\(dearer)")
    }
}
