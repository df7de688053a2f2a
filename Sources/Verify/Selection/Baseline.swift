import Diagnostics
import YAML

/// Findings that were there when a tree adopted the rules, and that are not reported again.
///
/// A finding is known by its rule, file and words, and not by its line, so that edits elsewhere in the file do not bring it back.
package struct Baseline: Sendable {
    private struct Key: Hashable {
        let code: String
        let path: String
        let message: String
    }

    private var counts: [Key: Int] = [:]

    /// Takes down findings.
    package init(_ found: [Diagnostic]) {
        for finding in found { counts[Self.key(of: finding), default: 0] += 1 }
    }

    /// Reads a baseline; nil if the text is none.
    package init?(_ file: SourceFile, _ report: inout Report) {
        guard let root = readYAML(file, &report)?.first, let entries = root["findings"]?.items else {
            report.error(
                "malformed-baseline", "`\(file.path)` is no baseline", at: SourceRange(file, 0, 0),
                label: "`findings` is missing", help: ["`stowage verify --write-baseline` writes one"])
            return nil
        }
        for entry in entries {
            let texts = ["rule", "file", "message"].map { entry[$0]?.scalar?.text ?? "" }
            counts[Key(code: texts[0], path: texts[1], message: texts[2]), default: 0] += 1
        }
    }

    /// Splits off what is known; the count is of entries that nothing matches any more.
    package func unknown(among found: [Diagnostic]) -> (findings: [Diagnostic], stale: Int) {
        var left = counts
        var unknown: [Diagnostic] = []
        for finding in found {
            let key = Self.key(of: finding)
            if let count = left[key], count > 0 {
                left[key] = count - 1
            } else {
                unknown.append(finding)
            }
        }
        return (unknown, left.values.reduce(0, +))
    }

    /// The text of the file: an entry for each finding, sorted.
    package var text: String {
        let keys = counts.flatMap { Array(repeating: $0.key, count: $0.value) }
        let sorted = keys.sorted { ($0.path, $0.code, $0.message) < ($1.path, $1.code, $1.message) }
        let entries = sorted.map { key -> JSON in
            ["rule": .string(key.code), "file": .string(key.path), "message": .string(key.message)]
        }
        return (["findings": .array(entries)] as JSON).page
    }

    private static func key(of finding: Diagnostic) -> Key {
        Key(code: finding.code, path: finding.range?.file.path ?? "", message: finding.message)
    }
}
