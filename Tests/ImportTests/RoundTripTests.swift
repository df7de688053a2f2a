import Diagnostics
import Foundation
import Groundwork
import TestTools
import Testing

@testable import Import

@Suite("A generated tree")
struct RoundTripTests {
    /// The trees, with the releases that are in no manifest.
    private static let trees: [(name: String, kubernetes: String)] = [
        ("claims", "1.34"), ("company", "1.35"), ("deepseek", "1.35"), ("development", "1.35"), ("fleet", "1.35"),
        ("groups", "1.36"), ("minimal", "1.35"), ("scaling", "1.36"), ("search", "1.35"), ("seed", "1.35"),
        ("shared", "1.35"),
    ]

    @Test("is what its imported spec generates, except what is listed", arguments: trees.map(\.name))
    func imported(_ name: String) throws {
        let version = try #require(Self.trees.first { $0.name == name }?.kubernetes)
        let tree = try self.tree(name)
        var options = ImportOptions()
        options.kubernetes = Version(version)
        var report = Report()
        let result = importSpec(tree, options, &report)
        let problems = report.diagnostics.filter { $0.severity == .error }.map { "\($0.code): \($0.message)\n" }
        let places = result.proof?.places ?? problems.joined()
        let list = root.appending(path: "Tests/ImportTests/RoundTrips/\(name).txt")
        if Recording.imports.isAsked("\(name)") { try Recording.imports.write([(list, places)]) }
        #expect(places == (try String(contentsOf: list, encoding: .utf8)), "`RECORD=imports/\(name)` writes it")
    }

    @Test("all are tried")
    func complete() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "out").path)
        #expect(folders.filter { !$0.hasPrefix(".") }.sorted() == Self.trees.map(\.name))
    }

    @Test("is patched in few places", arguments: trees.map(\.name))
    func fewPatches(_ name: String) throws {
        let version = try #require(Self.trees.first { $0.name == name }?.kubernetes)
        let tree = try self.tree(name)
        var options = ImportOptions()
        options.kubernetes = Version(version)
        var report = Report()
        let result = importSpec(tree, options, &report)
        let deployments = tree.objects.count { $0.kind == "Deployment" }
        #expect(result.patched.count <= 5 * deployments, "\(result.patched.map(\.words))")
    }

    /// The tree as it is applied, without the plan, its page, the lock and comments.
    private func tree(_ name: String) throws -> ImportedTree {
        var report = Report()
        let files = uncommented(try yamlFiles(below: root.appending(path: "out/\(name)")))
        let tree = readObjects([files.tree], &report)
        #expect(report.isEmpty)
        return tree
    }
}
