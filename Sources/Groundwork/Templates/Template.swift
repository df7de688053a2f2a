import Diagnostics
import YAML

/// A template, compiled once: the parts of the plan that it is for, the paths of its manifests, and their content.
package final class Template: Sendable {
    /// Its path below `templates/`.
    package let path: String
    let header: TemplateHeader
    let documents: [TemplateNode.Item]

    init(_ path: String, _ header: TemplateHeader, _ documents: [TemplateNode.Item]) {
        self.path = path
        self.header = header
        self.documents = documents
    }
}

/// The first document of a template: `for`, `if` and `unless`, and `to`.
struct TemplateHeader: Sendable {
    let gate: TemplateNode.Gate?
    /// The manifest's path below the output folder.
    let to: TemplateText
    let toRange: SourceRange

    /// The scopes in which the template makes a manifest each.
    func scopes(in outer: Scope) -> [Scope] {
        guard let gate else { return [outer] }
        var scopes: [Scope] = []
        gate.forEach(outer) { scope in
            scopes.append(scope)
            return true
        }
        return scopes
    }
}

/// Compiles a template and reports all its errors; nil if there are any.
///
/// For defaults, pass the outermost scope: then nil comes back, without a look at the body, if the plan does not need it.
package func compileTemplate(
    _ entry: TemplateLibrary.Entry, plan: RecordType, neededIn scope: Scope? = nil, _ report: inout Report
) -> Template? {
    let file = entry.winner.file
    if let scope {
        var checker = TemplateChecker(plan: plan, Report())
        // Its ranges are those of the whole file.
        let start = SourceFile(path: file.path, bytes: Array(file.bytes[..<file.endOfFirstDocument]))
        if let node = readYAML(start, &checker.report)?.first, let header = checker.compileHeader(node),
            !checker.report.hasErrors, header.scopes(in: scope).isEmpty
        {
            return nil
        }
    }
    let notes = entry.replaced.map { Diagnostic.Note("this file replaces \($0.file.path)") }
    var found = Report()
    let documents = readYAML(file, &found)
    var checker = TemplateChecker(plan: plan, found)
    let template = documents.flatMap { checker.compileDocuments($0, path: entry.path, file) }
    for diagnostic in checker.report.diagnostics { report.add(diagnostic.adding(notes)) }
    return checker.report.hasErrors ? nil : template
}

extension TemplateChecker {
    fileprivate mutating func compileDocuments(_ nodes: [Node], path: String, _ file: SourceFile) -> Template? {
        guard let first = nodes.first, let header = compileHeader(first) else { return nil }
        if nodes.count == 1 {
            error(
                "template-without-documents", "a template must have at least one manifest after its header",
                at: first.range,
                label: "only the header",
                help: ["end the header with a line `---`; to remove a manifest, leave the file empty"])
        }
        let items = nodes.dropFirst().map { compileItem($0) }
        return Template(path, header, items)
    }

    /// Compiles the header; the variable of its `for` stays in scope.
    fileprivate mutating func compileHeader(_ node: Node) -> TemplateHeader? {
        guard let entries = node.entries, node["apiVersion"] == nil else {
            error(
                "template-without-header", "a template must start with a header", at: node.range, label: "not a header",
                help: ["write `to: path/of/manifest.yaml`, then a line `---`"])
            return nil
        }
        for entry in entries where !["for", "if", "unless", "to"].contains(entry.key) {
            error(
                "unknown-key", "the header of a template has no key `\(entry.key)`", at: entry.keyRange,
                label: "unknown",
                help: closest(to: entry.key, among: ["for", "if", "unless", "to"]).map {
                    [Help(meaning: $0, at: entry.keyRange)]
                }
                    ?? [])
        }
        let loop = node["for"].flatMap { compileLoop($0) }
        var conditions: [TemplateNode.Condition] = []
        for entry in entries where entry.key == "if" || entry.key == "unless" {
            conditions += compileConditions(entry.value, expected: entry.key == "if")
        }
        guard let to = node["to"], let scalar = to.scalar else {
            error(
                "template-without-path", "the header has no path of the manifest",
                at: node["to"]?.range ?? node.range,
                label: "`to` with a path is required")
            return nil
        }
        let gate = loop == nil && conditions.isEmpty ? nil : TemplateNode.Gate(loop: loop, conditions: conditions)
        return TemplateHeader(gate: gate, to: compileText(scalar.text, to.range), toRange: to.range)
    }
}

extension SourceFile {
    /// The offset of the first `---` line that follows some content.
    fileprivate var endOfFirstDocument: Int {
        var hasContent = false
        for start in lineStarts {
            if bytes[start...].starts(with: "---".utf8) {
                if hasContent { return start }
            } else if start < bytes.count, bytes[start] != UInt8(ascii: "#"), bytes[start] != UInt8(ascii: "\n") {
                hasContent = true
            }
        }
        return bytes.count
    }
}

extension Diagnostic {
    /// The same with more notes.
    fileprivate func adding(_ more: [Note]) -> Diagnostic {
        Diagnostic(severity, code, message, at: range, label: label, notes: notes + more, help: help)
    }
}
