import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import TestTools
import Testing

@testable import Import

/// Tries one of them alone, such as `IMPORT_TRIAL="minimal 22"`.
private let only = ProcessInfo.processInfo.environment["IMPORT_TRIAL"]

/// How many specs are made of each example; `IMPORT_SEEDS=50` tries what `make test` has no time for.
private let seeds = ProcessInfo.processInfo.environment["IMPORT_SEEDS"].flatMap(Int.init) ?? 1

@Suite("The tree of a spec under random changes")
struct RandomChangeTests {
    /// An example spec and the seed of its changes.
    struct Trial: CustomTestStringConvertible, Sendable {
        let name: String
        let seed: Int

        var testDescription: String { "\(name) \(seed)" }
    }

    private static let specs = root.appending(path: "specs")
    private static let trials = ((try? FileManager.default.contentsOfDirectory(atPath: specs.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()
        .flatMap { name in (0..<seeds).map { Trial(name: String(name.dropLast(5)), seed: $0) } }
        .filter { only == nil || only == $0.testDescription }

    @Test("is what its imported spec generates", arguments: trials)
    func imported(_ trial: Trial) throws {
        var random = SeededGenerator(
            seed: trial.name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } &* 1000 &+ UInt64(trial.seed))
        let (made, words) = try #require(try changed(trial.name, &random), "none of 20 changes compiles")
        try expectRoundTrip(made, Comment(rawValue: words.joined(separator: "; ")))
    }

    /// Changes that once gave another spec: each line of a model or of the platform is put in front of its others; and the most patches.
    private static let former: [(name: String, before: String, lines: String, patches: Int)] = [
        ("claims", "    - name: tags\n", "      weights: {dtype: bf16, from: s3://models/weights}\n", 60),
        (
            "deepseek", "    - name: deepseek-r1\n",
            "      gpu: {nodes: managed}\n      serving: {kvCacheDType: fp8}\n", 15
        ),
        ("scaling", "    monitoring:\n", "      operator: false\n      namespace: observability\n", 60),
        ("minimal", "    - name: llama\n", "      serving: {runAsRoot: true}\n", 5),
        (
            "minimal", "    - name: llama\n",
            "      serving: {image: \"registry.example.com/vllm:ours\", version: \"0.16\"}\n", 5
        ),
        (
            "groups", "    - name: drafts\n",
            "      weights: {from: \"oci://registry.example.com/models/weights:1\"}\n", 45
        ),
        (
            "search", "    - name: rerank\n",
            """
                  pool:
                    existing: big-gpus
                    labels: {team: ml}
                    taints: [{key: team, value: ml, effect: NoSchedule}]
                    instances: [g6e.12xlarge]
                    maxNodes: 8

            """, 60
        ),
    ]

    @Test("is what its imported spec generates after changes that once failed", arguments: former.indices)
    func formerly(_ index: Int) throws {
        let (name, before, lines, patches) = Self.former[index]
        let text = try String(contentsOf: Self.specs.appending(path: "\(name).yaml"), encoding: .utf8)
        #expect(text.contains(before))
        let file = SourceFile(path: "\(name).yaml", text: text.replacing(before, with: before + lines))
        var report = Report()
        let made = compile(SpecSource(file), with: TemplateLibrary([.defaults]), &report)
        try expectRoundTrip(
            try #require(made, "\(report.diagnostics.map(\.message))"), Comment(rawValue: name), patches: patches)
    }

    /// Checks that the import of a tree gives a spec with the same objects and few patches.
    private func expectRoundTrip(_ made: Compilation, _ comment: Comment, patches: Int? = nil) throws {
        var report = Report()
        let files = made.files(&report).files.filter { $0.path.hasSuffix(".yaml") }
            .map { SourceFile(path: $0.path, bytes: $0.bytes) }
        let tree = readObjects([uncommented(files).tree], &report)
        var options = ImportOptions()
        options.kubernetes = made.spec.platform.kubernetes.value
        let result = importSpec(tree, options, &report)
        let problems = report.diagnostics.filter { $0.severity == .error }.map { "\($0.code): \($0.message)\n" }
        let places = result.proof?.places ?? "does not compile: " + problems.joined()
        #expect(places == "", comment)
        let deployments = tree.objects.count { $0.kind == "Deployment" }
        let patched = result.patched.map { "\n\($0.object.words): \($0.words)" }.joined()
        #expect(result.patched.count <= patches ?? 15 * deployments, "\(comment)\(patched)")
    }

    /// A compiled spec with random changes; nil if none of twenty compiles.
    private func changed(
        _ name: String, _ random: inout SeededGenerator
    ) throws -> (made: Compilation, words: [String])? {
        func read(_ path: String) -> SourceFile? {
            (try? Data(contentsOf: Self.specs.appending(path: path))).map { SourceFile(path: path, bytes: Array($0)) }
        }
        let example = try #require(read("\(name).yaml"))
        for _ in 0..<20 {
            let (file, words) = try randomlyChanged(example, &random)
            var report = Report()
            let source = findIncluded(by: SpecSource(file), &report, read: read) { folder in
                try? FileManager.default.contentsOfDirectory(atPath: Self.specs.appending(path: folder).path)
            }
            if !words.isEmpty, let made = compile(source, with: TemplateLibrary([.defaults]), &report) {
                return (made, words)
            }
        }
        return nil
    }
}
