import Diagnostics
import YAML

/// Findings that were there when a tree adopted the rules, and that are not reported again.
///
/// A finding is known by its key, so that other names of files, other lines and other values do not bring it back.
package struct Baseline: Sendable {
    private var counts: [FindingKey: Int] = [:]

    /// Takes down findings.
    package init(_ found: [Diagnostic]) {
        var keys = FindingKeys()
        for finding in found { counts[keys.key(of: finding), default: 0] += 1 }
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
            guard let rule = entry["rule"]?.scalar?.text, let object = entry["object"]?.scalar?.text,
                let field = entry["field"]?.scalar?.text
            else {
                report.error(
                    "malformed-baseline", "`\(file.path)` is no baseline", at: entry.range,
                    label: "lacks `rule`, `object` or `field`",
                    help: ["`stowage verify --write-baseline` writes it anew"])
                return nil
            }
            counts[FindingKey(rule: currentName(of: rule), object: object, field: field), default: 0] += 1
        }
    }

    /// Splits off what is known; the count is of entries that nothing matches any more.
    package func unknown(among found: [Diagnostic]) -> (findings: [Diagnostic], stale: Int) {
        var left = counts
        var unknown: [Diagnostic] = []
        var keys = FindingKeys()
        for finding in found {
            let key = keys.key(of: finding)
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
        let sorted = keys.sorted { ($0.object, $0.rule, $0.field) < ($1.object, $1.rule, $1.field) }
        let entries = sorted.map { key -> JSON in
            ["rule": .string(key.rule), "object": .string(key.object), "field": .string(key.field)]
        }
        return (["findings": .array(entries)] as JSON).page
    }
}
