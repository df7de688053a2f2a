import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import TestTools
import Testing

@Suite("Every reason")
struct EveryReasonTests {
    @Test("of a committed tree gives its value when it is worked out anew", arguments: Example.all)
    func examples(_ example: Example) throws {
        let check = try ReasonCheck(example.compiled()) { path in
            try? String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        print("\(example.name): \(check.scalars) scalars, \(check.nodes) nodes, \(check.differences.count) differences")
        #expect(check.scalars > 100 && check.nodes > 500)
        #expect(check.differences.isEmpty, "\(check.differences.prefix(20).joined(separator: "\n"))")
    }

    /// The cases of which files are expected: each tries something that the others do not.
    private static let trees = Case.all.filter { $0.expectations.contains { $0 != "diagnostics.txt" } }

    @Test("of a case gives its value when it is worked out anew", arguments: trees)
    func cases(_ example: Case) throws {
        guard let compilation = try example.compilation() else { return }
        let check = try ReasonCheck(compilation) { path in
            try? String(contentsOf: example.folder.appending(path: path), encoding: .utf8)
        }
        #expect(check.differences.isEmpty, "\(check.differences.prefix(20).joined(separator: "\n"))")
    }

    @Test(
        "of a random spec gives its value when it is worked out anew",
        arguments: (100..<112).map { RandomSpec(seed: $0) })
    func random(_ example: RandomSpec) throws {
        var report = Report()
        let file = SourceFile(path: "spec.yaml", text: example.text)
        guard let compilation = compile(SpecSource(file), with: TemplateLibrary([.defaults]), &report) else { return }
        let check = try ReasonCheck(compilation) { _ in example.text }
        #expect(check.differences.isEmpty, "\(example.text)\n\(check.differences.prefix(20).joined(separator: "\n"))")
    }
}

/// All that stands in the written files of a compilation, worked out anew.
struct ReasonCheck {
    private(set) var scalars = 0
    let nodes: Int
    let differences: [String]

    /// Checks a compilation; `source` gives the text of a spec's file.
    init(_ compilation: Compilation, source: @escaping (String) -> String?) throws {
        var written = WrittenValues(source: source)
        var graph = ReasonGraph()
        var shown: [(place: String, line: String, piece: [String: Any])] = []
        for (path, lines, traces) in Self.files(of: compilation) {
            for (line, trace) in zip(lines, traces) where !trace.facts.isEmpty {
                let pieces = try Self.decoded(graph.pieces(of: trace)) as? [[String: Any]] ?? []
                scalars += trace.facts.count
                shown += pieces.map { ("\(path):\(trace.line)", line, $0) }
            }
        }
        var evaluator = ReasonEvaluator(try Self.decoded(.array(graph.nodes)) as? [[String: Any]] ?? [])
        evaluator.evaluate()
        nodes = graph.nodes.count
        let lent = evaluator.nodes.compactMap { CatalogRows.shared.lent($0) ?? written.lent($0) }
        let misshown = shown.compactMap { place, line, piece in
            Self.misshown(piece, line, evaluator).map { "\(place): \($0)\n\(line)" }
        }
        differences = evaluator.differences + lent + misshown
    }

    /// Every written file with reasons: its lines, and what stands in each.
    private static func files(of compilation: Compilation) -> [(path: String, lines: [String], traces: [LineTrace])] {
        let page = page(compilation.plan)
        return [("PLAN.md", lines(page.text), trace(page))]
            + compilation.manifests.map { manifest in
                var bytes: [UInt8] = []
                write(manifest, cluster: compilation.spec.name.value, to: &bytes)
                let text = lines(String(decoding: bytes, as: UTF8.self))
                return (manifest.path, text, trace(manifest, cluster: compilation.spec.name.value))
            }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// What is wrong with a figure as its line shows it.
    private static func misshown(_ piece: [String: Any], _ line: String, _ evaluator: ReasonEvaluator) -> String? {
        guard let place = ReasonEvaluator.place(piece["node"]) else { return nil }
        let node = evaluator.nodes[place]
        if let text = node["value"] as? String {
            // Several lines, and what YAML or JSON quote, stand elsewhere or otherwise.
            let isSimple = text.allSatisfy { $0.isLetter || $0.isNumber || "-./:_ ".contains($0) }
            return !isSimple || line.contains(text) ? nil : "`\(text)` does not stand there"
        }
        if let notation = piece["notation"] as? [String: Any], let value = node["value"] as? Double {
            let text = ReasonEvaluator.text(of: value, notation)
            return line.contains(text) ? nil : "\(text) does not stand there"
        }
        guard let value = node["value"] else { return nil }
        let word = (value as? Bool).map { $0 ? "true" : "false" } ?? node["shown"] as? String ?? "\(value)"
        return line.contains(word) ? nil : "\(word) does not stand there"
    }

    private static func decoded(_ json: JSON) throws -> Any {
        try #require(ExactJSON.value(of: json.line))
    }
}
