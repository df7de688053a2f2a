import Diagnostics
import Foundation
import TestTools
import Testing

@testable import Groundwork
@testable import Verify

/// A folder of `Trees/`: its name says whose manifests they are; `findings.txt` is what is found in them.
struct ForeignTree: CustomTestStringConvertible, Sendable {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Trees")
    private static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    static let all = names.filter { !$0.hasPrefix(".") }.sorted().map { ForeignTree(name: $0) }

    let name: String

    var testDescription: String { name.replacing("-", with: " ") }
    var folder: URL { Self.folder.appending(path: name) }

    /// What is found, a line each: severity, rule, place.
    func found() throws -> String {
        let paths = filesBelow(folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        let files = try paths.map { path in
            SourceFile(path: path, bytes: Array(try Data(contentsOf: folder.appending(path: path))))
        }
        var report = Report()
        verify(SourceTree(files: files, roots: ["."], isClosed: name.hasPrefix("closed")), .all, &report)
        return report.diagnostics.map { "\($0.severity) \($0.code) \($0.range?.description ?? "")\n" }.joined()
    }
}

@Suite("A tree of other manifests")
struct TreeTests {
    @Test("gives exactly the findings that are listed", arguments: ForeignTree.all)
    func listed(_ tree: ForeignTree) throws {
        let file = tree.folder.appending(path: "findings.txt")
        let found = try tree.found()
        if Recording.findings.isAsked(tree.name) { try Recording.findings.write([(file, found)]) }
        #expect(try found == String(contentsOf: file, encoding: .utf8))
    }

    @Test("gives no error if it is right")
    func right() throws {
        let right = ForeignTree.all.filter { $0.name.contains("correct") }
        #expect(!right.isEmpty)
        for tree in right { #expect(try !tree.found().contains("error ")) }
    }

    /// What is found in the committed trees, and why it stays.
    static let accepted: [(code: String, path: String, reason: String)] =
        [
            ("seed", "model-e"), ("claims", "chat"), ("claims", "large"), ("claims", "tags"), ("groups", "drafts"),
        ].map {
            (
                "dra-claims-do-not-preempt", "\($0)/models/\($1)/\($1).deployment.yaml",
                "its nodes stand ready and are its own: the priority orders the queue"
            )
        }
        + ["seed", "shared", "groups"].map {
            (
                "container-capabilities-not-dropped", "\($0)/gpu/device-plugin-mig.daemonset.yaml",
                "NVIDIA's own manifest of the device plugin keeps the defaults for MIG"
            )
        }

    @Test("gives no error, and the warnings of a list, for the committed examples", arguments: Example.all)
    func examples(_ example: Example) throws {
        let paths = filesBelow(example.folder).filter { $0.hasSuffix(".yaml") || $0 == "plan.json" }
        let files = try paths.map { path in
            SourceFile(path: path, bytes: Array(try Data(contentsOf: example.folder.appending(path: path))))
        }
        var report = Report()
        verify(SourceTree(files: files, roots: ["."], isClosed: true), .all, &report)
        let expected = Self.accepted.filter { $0.path.hasPrefix(example.name + "/") }
        let found = report.diagnostics.map { "\($0.severity) \($0.code) \($0.range?.file.path ?? "")" }
        #expect(Set(found) == Set(expected.map { "warning \($0.code) \($0.path.dropFirst(example.name.count + 1))" }))
        #expect(Self.accepted.allSatisfy { !$0.reason.isEmpty })
    }

    @Test("reads every query of the committed examples")
    func queries() throws {
        var count = 0
        for example in Example.all {
            for path in filesBelow(example.folder) where path.hasSuffix(".yaml") {
                let file = SourceFile(
                    path: path, bytes: Array(try Data(contentsOf: example.folder.appending(path: path))))
                var report = Report()
                guard let manifest = readManifest(file, &report) else { continue }
                for use in Inventory([manifest]).queries {
                    #expect(use.error == nil, "\(path): \(use.value.text ?? "")")
                    count += 1
                }
            }
        }
        #expect(count > 100)
    }
}
