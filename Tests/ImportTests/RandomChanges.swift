import Diagnostics
import Foundation
import TestTools

@testable import YAML

/// A field of a spec, and values that it may take.
struct FieldChange: Sendable {
    /// The keys below `spec`, or below a model if they begin with `models` and `*`.
    let path: [String]
    let values: [String]

    /// The changes that `changes.txt` lists.
    static let all: [FieldChange] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "changes.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return FieldChange(path: parts[0].split(separator: ".").map(String.init), values: Array(parts.dropFirst()))
        }
    }()
}

/// Changes one to four fields of a spec.
func randomlyChanged(_ spec: SourceFile, _ random: inout SeededGenerator) throws -> (file: SourceFile, words: [String])
{
    var file = spec
    var words: [String] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
        let change = random.pick(FieldChange.all)
        let value = random.pick(change.values)
        var report = Report()
        guard let root = readYAML(file, &report)?.first?["spec"] else { continue }
        var edit: TextEdit?
        if change.path.first == "models" {
            guard let models = root["models"]?.items, !models.isEmpty else { continue }
            edit = random.pick(models).setting(change.path.dropFirst(2), to: value)
        } else {
            edit = root.setting(change.path[...], to: value)
        }
        guard let edit else { continue }
        file = file.edited([edit])
        words.append("\(change.path.joined(separator: ".")): \(value)")
    }
    return (file, words)
}
