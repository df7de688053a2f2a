import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import TestTools
import Testing

@testable import Import

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

    @Test("is what its imported spec generates", arguments: trials)
    func imported(_ trial: Trial) throws {
        var random = SeededGenerator(
            seed: trial.name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } &* 1000 &+ UInt64(trial.seed))
        let (made, words) = try #require(try changed(trial.name, &random), "none of 20 changes compiles")
        try expectRoundTrip(made, Comment(rawValue: words.joined(separator: "; ")))
    }

    /// Changes that once gave another spec: each line of a model or of the platform is put in front of its others.
    private static let former: [(name: String, before: String, lines: String)] = [
        ("claims", "    - name: tags\n", "      weights: {dtype: bf16, from: s3://models/weights}\n"),
        (
            "deepseek", "    - name: deepseek-r1\n",
            "      gpu: {nodes: managed}\n      serving: {kvCacheDType: fp8}\n"
        ),
        ("scaling", "    monitoring:\n", "      operator: false\n      namespace: observability\n"),
    ]

    @Test("is what its imported spec generates after changes that once failed", arguments: former.indices)
    func formerly(_ index: Int) throws {
        let (name, before, lines) = Self.former[index]
        let text = try String(contentsOf: Self.specs.appending(path: "\(name).yaml"), encoding: .utf8)
        #expect(text.contains(before))
        let file = SourceFile(path: "\(name).yaml", text: text.replacing(before, with: before + lines))
        var report = Report()
        let made = compile(SpecSource(file), with: TemplateLibrary([.defaults]), &report)
        try expectRoundTrip(try #require(made, "\(report.diagnostics.map(\.message))"), Comment(rawValue: name))
    }

    /// Checks that the import of a tree gives a spec with the same objects and few patches.
    private func expectRoundTrip(_ made: Compilation, _ comment: Comment) throws {
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
        #expect(result.patched.count <= 15 * deployments, comment)
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
