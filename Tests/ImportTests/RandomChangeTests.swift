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
        let comment = Comment(rawValue: words.joined(separator: "; "))
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
