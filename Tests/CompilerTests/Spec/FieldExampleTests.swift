import Diagnostics
import Testing
import YAML

@testable import Planning

@Suite("The examples of fields")
struct FieldExampleTests {
    @Test("are there for each pattern, which they match")
    func patterns() throws {
        let forms = forms(in: try readSchema(), [])
        #expect(forms.count > 60)
        for (schema, examples) in forms {
            let source = schema["pattern"]?.scalar?.text ?? ""
            let pattern = try Regex(source)
            let rejected = try schema["not"]?["pattern"]?.scalar.map { try Regex($0.text) }
            let texts = examples.compactMap(\.scalar).filter { $0.style != .plain }.map(\.text)
            #expect(!texts.isEmpty, "there is no example of \(source)")
            for text in texts {
                #expect(text.wholeMatch(of: pattern) != nil, "\(text) is not \(source)")
                if let rejected { #expect(text.wholeMatch(of: rejected) == nil, "\(text) is rejected") }
            }
        }
    }

    @Test("are read without an error", arguments: 0..<5)
    func reading(_ choice: Int) throws {
        let text = lines(try readSchema(), choice).joined(separator: "\n") + "\n"
        #expect(text.contains("prefixHitRate: 40%\n"))
        var report = Report()
        let spec = readSpec(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report)
        #expect(spec != nil, "\(HumanPrinter(colors: false).text(of: report.diagnostics))")
    }

    /// Every schema with a pattern, with the examples of its field.
    private func forms(in schema: Node, _ examples: [Node]) -> [(schema: Node, examples: [Node])] {
        let examples = schema["examples"]?.items ?? examples
        let parts =
            ["items", "propertyNames", "additionalProperties"].compactMap { schema[$0] }
            + (schema["properties"]?.entries ?? []).map(\.value)
        return (schema["pattern"] == nil ? [] : [(schema, examples)])
            + (schema["anyOf"]?.items ?? []).flatMap { forms(in: $0, examples) }
            + parts.flatMap { forms(in: $0, []) }
    }

    /// A value of every field, each one of its examples or words, as a block of YAML.
    private func lines(_ schema: Node, _ choice: Int) -> [String] {
        func chosen(_ values: [Node]) -> [String] { [yaml(values[min(choice, values.count - 1)])] }
        if let examples = schema["examples"]?.items ?? schema["enum"]?.items { return chosen(examples) }
        if let constant = schema["const"] { return chosen([constant]) }
        if let first = schema["anyOf"]?.items?.first { return lines(first, choice) }
        if let item = schema["items"] { return asItem(lines(item, choice)) }
        if let name = schema["propertyNames"], let value = schema["additionalProperties"] {
            return ["\(lines(name, choice)[0]): \(lines(value, choice)[0])"]
        }
        guard let fields = schema["properties"]?.entries else { return [choice == 0 ? "true" : "false"] }
        let isSingle = schema["maxProperties"] != nil
        // A file has the figures of an architecture, or the spec does.
        let written = fields.contains { $0.key == "config" } ? fields.filter { !fileKeys.contains($0.key) } : fields
        return (isSingle ? [fields[min(choice, fields.count - 1)]] : written).flatMap { field -> [String] in
            // A base is not read on its own.
            let kinds = field.key == "kind" ? (field.value["enum"]?.items ?? []).compactMap(\.scalar?.text) : []
            let inner = kinds.contains(SpecFormat.kind) ? [SpecFormat.kind] : lines(field.value, choice)
            let isNested =
                field.value["properties"] != nil || field.value["items"] != nil || inner.count > 1
                || field.value["propertyNames"] != nil || field.value["anyOf"]?.items?.first?["properties"] != nil
            guard isNested && field.value["examples"] == nil else { return ["\(field.key): \(inner[0])"] }
            return ["\(field.key):"] + inner.map { "  \($0)" }
        }
    }

    private var fileKeys: [String] { ["config", "index", "ignore"] }

    private func asItem(_ lines: [String]) -> [String] {
        lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }
}
