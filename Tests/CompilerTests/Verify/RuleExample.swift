import Diagnostics
import Testing

@testable import Groundwork
@testable import Verify

/// An example of a rule: files, and the places that a `↓` marks in them.
struct RuleExample {
    let files: [SourceFile]
    /// The marked places, in order, as `path:line:column`.
    let marks: [String]

    /// Splits a text at lines `--- # path`, and takes the marks out.
    init(_ text: String) {
        var parts: [(path: String, lines: [Substring])] = [("example.yaml", [])]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--- # ") {
                parts.append((String(line.dropFirst(6)), []))
            } else {
                parts[parts.count - 1].lines.append(line)
            }
        }
        var files: [SourceFile] = []
        var marks: [String] = []
        for part in parts where part.lines.contains(where: { !$0.isEmpty }) {
            let pieces = part.lines.joined(separator: "\n").split(separator: "↓", omittingEmptySubsequences: false)
            let file = SourceFile(path: part.path, text: pieces.joined())
            var offset = 0
            for piece in pieces.dropLast() {
                offset += piece.utf8.count
                marks.append(SourceRange(file, offset, offset).description)
            }
            files.append(file)
        }
        self.files = files
        self.marks = marks
    }

    /// The tree of the files, or what is wrong with their text.
    func manifests() -> (manifests: [Manifest], problems: [Diagnostic]) {
        var report = Report()
        let manifests = files.compactMap { readManifest($0, &report) }
        return (manifests, report.diagnostics)
    }
}

extension Rule {
    /// What the rule finds in an example, its kustomizations built.
    func findings(in example: RuleExample) -> [Diagnostic] {
        variants(of: example.manifests().manifests, TreeScope()).flatMap { variant in
            findings(in: Inventory(variant.manifests, variant.scope))
        }
    }
}

extension Rule: CustomTestStringConvertible {
    public var testDescription: String { code }
}
