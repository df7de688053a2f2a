import Foundation
import TestTools
import Testing

@Suite("The folders of the sources")
struct FolderTests {
    private static var block: Regex<(Substring, Substring)> { /```layers\n((?:.*\n)*?)```/ }
    private let graph = try? FolderGraph(root.appending(path: "Sources"))

    /// The lines of ARCHITECTURE.md that name the folders, those that are used before those that use them.
    private static func drawing() throws -> [(folder: String, line: String)] {
        let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        return try #require(text.firstMatch(of: block)).1.split(separator: "\n").map {
            (String($0.prefix { $0 != " " }), String($0))
        }
    }

    @Test("use only what ARCHITECTURE.md names before them")
    func arrows() throws {
        let layers = try Self.drawing().map(\.folder)
        let floor = Dictionary(uniqueKeysWithValues: layers.enumerated().map { ($1, $0) })
        let graph = try #require(graph)
        #expect(Set(graph.uses.keys) == Set(layers))
        for (folder, others) in graph.uses {
            for (other, uses) in others where floor[other, default: 0] > floor[folder, default: 0] {
                for use in uses { Issue.record("\(use.file) uses \(use.name) of \(other), which stands above it") }
            }
        }
    }

    @Test("are drawn in ARCHITECTURE.md as they are")
    func drawn() throws {
        let graph = try #require(graph)
        let drawing = try Self.drawing()
        if Recording.folders.isAsked() {
            let page = root.appending(path: "ARCHITECTURE.md")
            let lines = drawing.map { graph.drawing(of: $0.folder) + "\n" }.joined()
            let text = try String(contentsOf: page, encoding: .utf8)
            try Recording.folders.write([(page, text.replacing(Self.block) { _ in "```layers\n\(lines)```" })])
        }
        for (folder, line) in drawing {
            #expect(line == graph.drawing(of: folder), "ARCHITECTURE.md draws \(folder) otherwise")
        }
    }
}
