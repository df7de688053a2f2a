import Foundation
import TestTools
import Testing

@testable import Compiler

@Suite("The page on templates")
struct FactsPageTests {
    private let page = root.appending(path: "templates/README.md")
    private let start = "<!-- facts: made by RECORD=facts swift test --filter FactsPageTests -->\n"
    private let end = "<!-- end of facts -->\n"

    @Test("lists every fact that a placeholder may say")
    func facts() throws {
        let text = try String(contentsOf: page, encoding: .utf8)
        let from = try #require(text.range(of: start)?.upperBound)
        let to = try #require(text.range(of: end)?.lowerBound)
        let tables = tables(factsReference())
        if Recording.facts.isAsked() { try Recording.facts.write([(page, text[..<from] + tables + text[to...])]) }
        #expect(String(text[from..<to]) == tables)
    }

    /// Turns what `stowage facts` prints into Markdown: a heading and a table for each noun.
    private func tables(_ reference: String) -> String {
        reference.split(separator: "\n").map { line in
            if line.first != " " {
                let parts = line.split(separator: ":", maxSplits: 1)
                let meaning = parts.last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
                return "\n**`\(parts[0])`**, \(meaning)\n\n| fact | type | meaning |\n|---|---|---|\n"
            }
            let cells = String(line).components(separatedBy: "  ").filter { !$0.isEmpty }.map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return
                "| `\(cells[0])` | \(cells[1]) | \(cells[2...].joined(separator: " ").replacing("|", with: "\\|")) |\n"
        }.joined() + "\n"
    }
}
