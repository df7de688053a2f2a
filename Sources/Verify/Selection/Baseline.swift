import Diagnostics
import YAML

/// Findings from when a tree adopted the rules, which are not reported again.
///
/// A finding is identified by its key, so that it stays known if file names, lines or values change.
package struct Baseline: Sendable {
    private var counts: [FindingKey: Int] = [:]

    /// Records findings.
    package init(_ found: [Diagnostic]) {
        var keys = FindingKeys()
        for finding in found { counts[keys.key(of: finding), default: 0] += 1 }
    }

    /// Reads a baseline; nil if the file is not one.
    package init?(_ file: SourceFile, _ report: inout Report) {
        guard let root = readYAML(file, &report)?.first, let entries = root["findings"]?.items else {
            report.error(
                "malformed-baseline", "`\(file.path)` is not a baseline", at: SourceRange(file, 0, 0),
                label: "has no `findings`", help: ["write one with `stowage verify --write-baseline`"])
            return nil
        }
        for entry in entries {
            guard let rule = entry["rule"]?.scalar?.text, let object = entry["object"]?.scalar?.text,
                let field = entry["field"]?.scalar?.text
            else {
                report.error(
                    "malformed-baseline", "`\(file.path)` is not a baseline", at: entry.range,
                    label: "has no `rule`, `object` or `field`",
                    help: ["write it again with `stowage verify --write-baseline`"])
                return nil
            }
            counts[FindingKey(rule: currentName(of: rule), object: object, field: field), default: 0] += 1
        }
    }

    /// Removes known findings; `stale` counts entries that match no finding any more.
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
