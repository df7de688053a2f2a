import Diagnostics
import Foundation
import Groundwork
import TestTools
import Testing

@testable import Import

private let folder = ProcessInfo.processInfo.environment["STOWAGE_PUBLIC_TREES"]

/// Manifests of other projects, as `public-trees.csv` lists them; they are read from a folder, at OWNER/NAME/PATH.
@Suite(
    "A tree of another project",
    .enabled(if: folder != nil, "STOWAGE_PUBLIC_TREES names no folder with the trees of public-trees.csv"))
struct PublicTreeTests {
    /// A row of the list: where the tree is, and what an import of it gives.
    struct Row: CustomTestStringConvertible, Sendable {
        let repository: String
        let commit: String
        let path: String
        /// Objects compared, values kept by patches, differences left, and objects that only the input has; none if not recorded.
        let figures: [Int]

        var testDescription: String { "\(repository) \(path)" }
        var line: String { ([repository, commit, path] + figures.map(String.init)).joined(separator: ",") }
    }

    private static let list = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "public-trees.csv")
    private static let header = "repository,commit,path,compared,patched,differences,untouched"
    private static let rows: [Row] = {
        let text = (try? String(contentsOf: list, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Row(
                repository: fields[0], commit: fields[1], path: fields[2],
                figures: fields.dropFirst(3).map { Int($0) ?? -1 })
        }
    }()

    @Test("gives a spec that compiles, and every object of it is compared or named", arguments: rows)
    func imported(_ row: Row) throws {
        let (figures, objects) = try Self.figures(of: row)
        #expect(figures[0] + figures[3] == objects)
        #expect(row.figures.isEmpty || figures == row.figures, "`RECORD=imports/public` writes them")
    }

    @Test("is in the list with what its import gives")
    func recorded() throws {
        guard Recording.imports.isAsked("public") else { return }
        let lines = try Self.rows.map { row in
            let figures = try Self.figures(of: row).figures
            return Row(repository: row.repository, commit: row.commit, path: row.path, figures: figures).line
        }
        try Recording.imports.write([(Self.list, ([Self.header] + lines).map { $0 + "\n" }.joined())])
    }

    /// What an import of a tree gives, and how many objects the tree has.
    private static func figures(of row: Row) throws -> (figures: [Int], objects: Int) {
        let place = URL(filePath: try #require(folder)).appending(path: "\(row.repository)/\(row.path)")
        let files =
            place.pathExtension.isEmpty
            ? try yamlFiles(below: place)
            : [SourceFile(path: place.lastPathComponent, bytes: Array(try Data(contentsOf: place)))]
        #expect(!files.isEmpty)
        var report = Report()
        let tree = readObjects([files.tree], &report)
        var options = ImportOptions()
        options.kubernetes = Version("1.35")
        let result = importSpec(tree, options, &report)
        #expect(report.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        let proof = try #require(result.proof, "the spec of \(row.testDescription) compiles")
        for difference in proof.differences { #expect(!difference.words.isEmpty) }
        return (
            [proof.compared, result.patched.count, proof.differences.count, proof.untouched.count], tree.objects.count
        )
    }
}
