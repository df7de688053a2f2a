import Compiler
import Diagnostics
import Foundation
import Groundwork
import TestTools
import Testing
import YAML

@testable import Planning

@Suite("The page on specs")
struct SpecPageTests {
    private let page = root.appending(path: "docs/spec.md")
    private let start = "<!-- fields: made by RECORD=fields swift test --filter SpecPageTests -->\n"
    private let end = "<!-- end of fields -->\n"

    @Test("lists every field that a spec may have, with an example, its default and its meaning")
    func fields() throws {
        let text = try String(contentsOf: page, encoding: .utf8)
        let from = try #require(text.range(of: start)?.upperBound)
        let to = try #require(text.range(of: end)?.lowerBound)
        let made = try written(sections())
        #expect(made.contains("## `spec.models[].sla`"))
        if Recording.fields.isAsked() { try Recording.fields.write([(page, text[..<from] + made + text[to...])]) }
        #expect(String(text[from..<to]) == made, "record it anew: the line above the tables says how")
    }

    @Test("leaves no cell empty")
    func cells() throws {
        for section in try sections() {
            for row in section.table.split(separator: "\n") {
                #expect(!row.contains("|  |"), "\(section.path): \(row)")
            }
        }
    }

    @Test("has a short example at the head of each section with more than two fields")
    func heads() throws {
        let sections = try sections()
        #expect(Set(sectionHeads.keys).isSubset(of: sections.map(\.path)))
        for section in first(of: sections).values where section.fields.count > 2 {
            #expect(sectionHeads[section.path]?.example.isEmpty == false, "\(section.path)")
        }
        for head in sectionHeads.values { #expect(head.example.split(separator: "\n").count <= 12, "\(head.example)") }
    }

    @Test(
        "has examples that compile without a warning",
        arguments: sectionHeads.filter { !$0.value.example.isEmpty }.keys.sorted())
    func compiles(_ path: String) throws {
        let head = try #require(sectionHeads[path])
        var report = Report()
        let file = SourceFile(path: "spec.yaml", text: head.spec(at: path))
        let bases = path.isEmpty ? [] : [SourceFile(path: "base.yaml", text: exampleBase)]
        let compilation = compile(SpecSource(file, bases: bases), with: TemplateLibrary([.defaults]), &report)
        _ = compilation?.files(&report)
        let said = HumanPrinter(colors: false).text(of: report.diagnostics)
        #expect(compilation != nil && report.diagnostics.isEmpty, "\(said)\(head.spec(at: path))")
    }

    @Test("has links that lead somewhere")
    func links() throws {
        let text = try String(contentsOf: page, encoding: .utf8)
        var count = 0
        for link in text.matches(of: /\]\((?<file>[^)#]*)(#(?<anchor>[^)]+))?\)/) {
            let name = String(link.output.file)
            let file = name.isEmpty ? page : page.deletingLastPathComponent().appending(path: name)
            #expect(FileManager.default.fileExists(atPath: file.path), "\(link.output.0)")
            guard let anchor = link.output.anchor else { continue }
            let headings = try String(contentsOf: file, encoding: .utf8).matches(of: /(?m)^#+ (.*)$/)
            #expect(headings.contains { anchorOfHeading(String($0.output.1)) == anchor }, "\(link.output.0)")
            count += 1
        }
        #expect(count > 30)
    }

    private func sections() throws -> [SpecSection] {
        let schema = try readSchema()
        return SpecSection.all(schema, requirements: schema["else"])
    }

    /// The sections as the page has them: what is the same as an earlier one refers to it.
    private func written(_ sections: [SpecSection]) -> String {
        let first = first(of: sections)
        return sections.map { section in
            let table = section.table
            let head = sectionHeads[section.path]
            let parts: [String]
            if let same = first[table], same.path != section.path {
                parts = ["## \(section.title)", "The same fields as [\(same.title)](#\(same.anchor))."]
            } else {
                parts = [
                    "## \(section.title)", head?.note ?? "",
                    head.map { $0.example.isEmpty ? "" : "```yaml\n\($0.example)\n```" } ?? "",
                    String(table.dropLast()),
                ]
            }
            return parts.filter { !$0.isEmpty }.map { "\n\($0)\n" }.joined()
        }.joined() + "\n"
    }

    /// The first section with each table.
    private func first(of sections: [SpecSection]) -> [String: SpecSection] {
        Dictionary(sections.map { ($0.table, $0) }) { first, _ in first }
    }
}

/// The JSON Schema: JSON is YAML, and this reader keeps the order of keys.
func readSchema() throws -> Node {
    var report = Report()
    return try #require(readYAML(SourceFile(path: "schema", text: jsonSchema()), &report)?.first)
}
