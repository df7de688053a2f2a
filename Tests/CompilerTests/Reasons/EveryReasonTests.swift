import Compiler
import Diagnostics
import Foundation
import Testing

@Suite("Every reason of a committed tree")
struct EveryReasonTests {
    @Test("gives its value when it is worked out anew", arguments: Example.all)
    func evaluated(_ example: Example) throws {
        let compilation = try example.compiled()
        var graph = ReasonGraph()
        var scalars = 0
        var shown: [(place: String, line: String, piece: [String: Any])] = []
        for (path, lines, traces) in lines(of: compilation) {
            for (line, trace) in zip(lines, traces) where !trace.facts.isEmpty {
                let pieces = try decoded(graph.pieces(of: trace)) as? [[String: Any]] ?? []
                scalars += trace.facts.count
                shown += pieces.map { ("\(path):\(trace.line)", line, $0) }
            }
        }
        var evaluator = ReasonEvaluator(try decoded(.array(graph.nodes)) as? [[String: Any]] ?? [])
        evaluator.evaluate()
        let misshown = shown.compactMap { place, line, piece in
            self.misshown(piece, line, evaluator).map { "\(place): \($0)\n\(line)" }
        }
        print(
            "\(example.name): \(scalars) scalars, \(graph.nodes.count) nodes, \(evaluator.differences.count) differences"
        )
        #expect(scalars > 100 && graph.nodes.count > 500)
        #expect(evaluator.differences.isEmpty, "\(evaluator.differences.prefix(20).joined(separator: "\n"))")
        #expect(misshown.isEmpty, "\(misshown.prefix(20).joined(separator: "\n"))")
    }

    /// Every written file with reasons: its lines, and what stands in each.
    private func lines(of compilation: Compilation) -> [(path: String, lines: [String], traces: [LineTrace])] {
        let page = page(compilation.plan)
        let pageLines = page.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return [("PLAN.md", pageLines, trace(page))]
            + compilation.manifests.map { manifest in
                var bytes: [UInt8] = []
                write(manifest, cluster: compilation.spec.name.value, to: &bytes)
                let text = String(decoding: bytes, as: UTF8.self)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                return (manifest.path, lines, trace(manifest, cluster: compilation.spec.name.value))
            }
    }

    /// What is wrong with a figure as its line shows it.
    private func misshown(_ piece: [String: Any], _ line: String, _ evaluator: ReasonEvaluator) -> String? {
        guard let place = ReasonEvaluator.place(piece["node"]) else { return nil }
        let node = evaluator.nodes[place]
        if let text = node["value"] as? String {
            // Several lines, and what YAML or JSON quote, stand elsewhere or otherwise.
            let isSimple = text.allSatisfy { $0.isLetter || $0.isNumber || "-./:_ ".contains($0) }
            return !isSimple || line.contains(text) ? nil : "`\(text)` does not stand there"
        }
        guard piece["notation"] == nil, let value = node["value"] else { return nil }
        let word = (value as? Bool).map { $0 ? "true" : "false" } ?? node["shown"] as? String ?? "\(value)"
        return line.contains(word) ? nil : "\(word) does not stand there"
    }

    private func decoded(_ json: JSON) throws -> Any {
        try #require(ExactJSON.value(of: json.line))
    }
}
