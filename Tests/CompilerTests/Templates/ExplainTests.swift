import Diagnostics
import Testing

@testable import Groundwork

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
            let value = piece.value.map { " \($0.name)=\($0.value.summary)" } ?? ""
            return "\(piece.place?.line ?? 0)\(value)"
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
}
