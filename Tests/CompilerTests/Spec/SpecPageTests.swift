import Diagnostics
import Foundation
import TestTools
import Testing
import YAML

@testable import Planning

@Suite("The page on specs")
struct SpecPageTests {
    private let page = root.appending(path: "docs/spec.md")
    private let start = "<!-- fields: made by RECORD=fields swift test --filter SpecPageTests -->\n"
    private let end = "<!-- end of fields -->\n"

    @Test("lists every field that a spec may have, with its form, default and meaning")
    func fields() throws {
        let text = try String(contentsOf: page, encoding: .utf8)
        let from = try #require(text.range(of: start)?.upperBound)
        let to = try #require(text.range(of: end)?.lowerBound)
        var report = Report()
        // JSON is YAML, and this reader keeps the order of keys.
        let schema = try #require(readYAML(SourceFile(path: "schema", text: jsonSchema()), &report)?.first)
        let sections = sections(schema, "")
        #expect(sections.contains("## `spec.models[].sla`"))
        if Recording.fields.isAsked() { try Recording.fields.write([(page, text[..<from] + sections + text[to...])]) }
        #expect(String(text[from..<to]) == sections, "record it anew: the line above the tables says how")
    }

    /// A section for a mapping, then those of the mappings in it.
    private func sections(_ schema: Node, _ path: String) -> String {
        let required = Set((schema["required"]?.items ?? []).compactMap { $0.scalar?.text })
        var (rows, inner) = ("", "")
        for field in schema["properties"]?.entries ?? [] {
            let (form, mapping) = form(field.value)
            let fallback =
                field.value["default"].map { "`\(plain($0))`" } ?? (required.contains(field.key) ? "required" : "")
            let meaning = field.value["description"]?.scalar?.text ?? ""
            rows += "| `\(field.key)` | \(form) | \(fallback) | \(cell(meaning)) |\n"
            let below = (path.isEmpty ? "" : path + ".") + field.key + (form.hasPrefix("list") ? "[]" : "")
            if let mapping { inner += sections(mapping, below) }
        }
        let title = path.isEmpty ? "The document" : "`\(path)`"
        return "\n## \(title)\n\n| field | form | default | meaning |\n|---|---|---|---|\n\(rows)\(inner)"
            + (path.isEmpty ? "\n" : "")
    }

    /// The form of a field in words, and the mapping that it holds, if any.
    private func form(_ schema: Node) -> (words: String, mapping: Node?) {
        if let choices = schema["anyOf"]?.items {
            let forms = choices.map(form)
            return (forms.map(\.words).joined(separator: " or "), forms.lazy.compactMap(\.mapping).first)
        }
        if let constant = schema["const"]?.scalar { return ("`\(constant.text)`", nil) }
        if let words = schema["enum"]?.items { return (words.map { "`\(plain($0))`" }.joined(separator: ", "), nil) }
        switch schema["type"]?.scalar?.text {
        case "object" where schema["properties"] != nil: return ("mapping", schema)
        case "object": return ("mapping of names to texts", nil)
        case "array":
            let (words, mapping) = schema["items"].map(form) ?? ("anything", nil)
            return ("list: \(words)", mapping)
        case "string": return (schema["pattern"]?.scalar.map { "`\(cell(trimmed($0.text)))`" } ?? "text", nil)
        case "integer": return ("number\(bounds(schema))", nil)
        case "number": return ("number\(bounds(schema)), decimals allowed", nil)
        case "boolean": return ("`true`, `false`", nil)
        default: return ("anything", nil)
        }
    }

    private func bounds(_ schema: Node) -> String {
        let least =
            schema["minimum"]?.scalar.map { " from \($0.text)" }
            ?? schema["exclusiveMinimum"]?.scalar.map { " above \($0.text)" }
        return (least ?? "") + (schema["maximum"]?.scalar.map { " to \($0.text)" } ?? "")
    }

    /// A pattern without what every pattern has.
    private func trimmed(_ pattern: String) -> String {
        let inner = pattern.hasPrefix("^") && pattern.hasSuffix("$") ? String(pattern.dropFirst().dropLast()) : pattern
        return inner.hasPrefix("(?:") && inner.hasSuffix(")") ? String(inner.dropFirst(3).dropLast()) : inner
    }

    private func plain(_ node: Node) -> String {
        node.scalar?.text ?? (node.items.map { "[" + $0.map(plain).joined(separator: ", ") + "]" } ?? "{}")
    }

    private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
