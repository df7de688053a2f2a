import Diagnostics
import Testing

@testable import Compiler

/// Traces the manifest of a template for the first pool of the sample plan.
private func traced(_ body: String) throws -> [LineTrace] {
    var report = Report()
    let text = "for: pool in plan.pools\nto: ${pool.name}.yaml\n---\n" + body
    let library = TemplateLibrary([TemplateLayer("mine", [("t.yaml", SourceFile(path: "t.yaml", text: text))])])
    let manifest = try #require(render(library, from: SamplePlan.record, &report)?.first, "\(report.short)")
    return trace(manifest, cluster: "prod")
}

extension LineTrace {
    /// The line's number, then for each piece its place in the template and what it places.
    fileprivate var short: String {
        let words = pieces.map { piece in
            let value = piece.fact.map { " \(piece.path ?? "")=\($0.value.summary)" } ?? ""
            return "\(piece.place.line)\(value)"
        }
        return "\(line): " + words.joined(separator: ", ")
    }
}

@Suite("Explaining a line")
struct ExplainTests {
    @Test("names the template's line or the fact for every line that is written")
    func everyLine() throws {
        let lines = try traced(
            """
            kind: Pool
            limit: ${pool.gpuLimit}
            name: pool ${pool.name} of ${plan.name}
            dropped: ${plan.budget?}
            zones: ${pool.zones}
            labels:
              own/${label.key}:
                $for: label in pool.labels
                $value: ${label.value}
            query: ${pool.query}
            data:
              a.json:
                $json:
                  name: ${pool.name}
                  zones: ${pool.zones}
              b.yaml:
                $yaml: {fixed: 1, name: "${pool.name}"}
            ---
            last: 1
            """)
        #expect(
            lines.map(\.short) == [
                "1: ", "2: 4", "3: 5 pool.gpuLimit=16, 5", "4: 6 pool.name=a, 6 plan.name=prod, 6", "5: 8",
                "6: 8 pool.zones=eu",
                "7: 8 pool.zones=us", "8: 9", "9: 10 label.key=team, 12 label.value=ai, 10",
                "10: 10 label.key=pool, 12 label.value=a, 10",
                "11: 13 pool.query=sum( …, 13", "12: 13 pool.query=sum( …", "13: 13 pool.query=sum( …",
                "14: 13 pool.query=sum( …",
                "15: 14", "16: 15, 17", "17: 17", "18: 17 pool.name=a, 17", "19: 18", "20: 18 pool.zones=eu",
                "21: 18 pool.zones=us",
                "22: 17", "23: 17", "24: 19, 20", "25: 20", "26: 20 pool.name=a, 20", "27: ", "28: 22",
            ])
    }

    @Test("draws the reasons of a fact")
    func reasons() throws {
        let line = try #require(try traced("limit: ${pool.gpuLimit}").last)
        #expect(
            explanation(of: line, text: "limit: 16") == """
                2 | limit: 16

                the most GPUs it may have
                pool.gpuLimit = 16   nodes × GPUs
                ├─ nodes = 2         spec.yaml:1:8
                └─ GPUs = 8          gpus.csv, row `H100`
                                     https://example.com
                placed by t.yaml:4

                """)
    }

    @Test("draws a shared reason once, and thresholds with their source")
    func sharing() {
        let full = Threshold(
            "kvCacheHigh", 0.7, "ratio", because: "room for one cold start", source: "https://example.org")
        let share = derive(
            "high × load", ("high", Traced(full.value, .threshold(full))), ("load", Traced(3, .convention("a guess")))
        ) { $0 * Double($1) }
        let sum = derive("once + again", ("once", share), ("again", share)) { $0 + $1 }
        #expect(
            explanation(of: Fact(sum.value.fact, sum.origin), called: "sum") == """
                sum = 4.2          once + again
                ├─ once = 2.1      high × load
                │  ├─ high = 0.7   threshold `kvCacheHigh`: 0.7 ratio
                │  │               room for one cold start
                │  │               https://example.org
                │  └─ load = 3     a guess
                └─ again = 2.1     as above, at `once`

                """)
        #expect(
            explanation(of: Fact(sum.value.fact, sum.origin), called: "sum", limit: 2) == """
                sum = 4.2       once + again
                ├─ once = 2.1   high × load
                │  └─ …         2 more
                └─ …            1 more

                """)
    }
}
