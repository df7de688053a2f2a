import Diagnostics
import YAML

/// Reads the fields of one mapping, or, when recording, writes down which there are: a noun's one initialiser does both.
package struct FieldReader {
    enum Mode { case reading, recording }

    let mode: Mode
    /// What the mapping is called in messages.
    let name: FieldSubject
    /// One line that stands for the mapping: its key, or its first entry.
    package let range: SourceRange
    let entries: [Node.Entry]
    /// How many of the entries a field has read.
    private var matched = 0
    var recorded = RecordedFields()
    private var missing: [(key: String, help: Help)] = []
    var report: Report
    /// Files that the spec names, which were read before it.
    var companions: [SourceFile] = []

    init(reading entries: [Node.Entry], name: FieldSubject, at range: SourceRange, report: Report) {
        (mode, self.entries, self.name, self.range, self.report) = (.reading, entries, name, range, report)
    }

    init(recording name: FieldSubject) {
        (mode, entries, self.name, report) = (.recording, [], name, Report())
        range = SourceRange(SourceFile(path: "", bytes: []), 0, 0)
    }

    /// The entry of a key; an empty value is reported and counts as none.
    mutating func entry(_ key: String) -> (entry: Node.Entry?, wasEmpty: Bool) {
        guard let entry = entries.first(where: { $0.key == key }) else { return (nil, false) }
        matched += 1
        guard entry.value.isNull else { return (entry, false) }
        report.error(
            "empty-value", "`\(key)` has no value", at: entry.keyRange, label: "empty",
            help: ["set a value, or remove the key"])
        return (nil, true)
    }

    /// The entry of a key, whatever its value.
    mutating func taken(_ key: String) -> Node.Entry? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        matched += 1
        return entry
    }

    /// Tells whether a key is written, whatever its value.
    func entryExists(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// Where a key is written; nil where it is not.
    func keyRange(_ key: String) -> SourceRange? { entries.first { $0.key == key }?.keyRange }

    /// Writes a field into the schema.
    mutating func record(_ key: String, _ schema: JSON, _ meaning: String, required: Bool = false, default: JSON? = nil)
    {
        recorded.add(key, schema, meaning, required: required, default: `default`)
    }

    /// Notes that a key is missing; it is reported at the end, unless it is misspelled.
    mutating func reportMissing(_ key: String, _ expects: String, _ meaning: String, only word: String? = nil) {
        let line = word.map { TextEdit(SourceRange(range.file, range.start, range.start), "\(key): \($0)\n") }
        missing.append((key, Help("add `\(key)`, \(expects): \(meaning)") { line.map { [[$0]] } ?? [] }))
    }

    /// Reports missing and unknown keys.
    mutating func finish<RecordType>(_ read: (inout FieldReader) -> RecordType) {
        guard matched < entries.count || !missing.isEmpty else { return }
        var recorder = FieldReader(recording: name)
        _ = read(&recorder)
        let known = recorder.recorded.keys
        var misspelled: Set<String> = []
        for entry in entries where !known.contains(entry.key) {
            let close = closest(to: entry.key, among: known.filter { !entryExists($0) })
            var help = Help("the keys of \(name) are \(enumerated(known))")
            if let moved = movedKeys[entry.key], known.contains(moved.to) {
                let isSame = moved.isRenamed && !entryExists(moved.to)
                help = Help(moved.why, replacing: entry.keyRange, by: isSame ? [moved.to] : [])
            } else if let close {
                help = Help(meaning: close, at: entry.keyRange)
                misspelled.insert(close)
            }
            report.error(
                "unknown-key", "\(name) has no key `\(entry.key)`", at: entry.keyRange, label: "unknown", help: [help])
        }
        for (key, help) in missing where !misspelled.contains(key) {
            report.error(
                "missing-key", "\(name) has no `\(key)`", at: range, label: "`\(key)` is required", help: [help])
        }
    }

    /// Reads a noun from a mapping of this one, with everything it reports.
    mutating func nested<RecordType>(
        _ node: Node?, name: FieldSubject, at place: SourceRange, _ read: (inout FieldReader) -> RecordType
    ) -> RecordType {
        var entries: [Node.Entry] = []
        var readable = true
        if let node {
            if let found = node.entries {
                entries = found
            } else {
                readable = false
                report.error(
                    "wrong-shape", "\(name) must be a mapping, not \(node.yamlType)", at: node.start,
                    label: node.yamlType)
            }
        }
        var child = FieldReader(reading: entries, name: name, at: place, report: readable ? report : Report())
        child.companions = companions
        let noun = read(&child)
        if readable {
            child.finish(read)
            report = child.report
        }
        return noun
    }
}

/// Keys of other tools, and the keys that replace them here.
private let movedKeys: [String: (to: String, isRenamed: Bool, why: String)] = [
    "on": ("signal", true, "YAML 1.1 reads `on` as a boolean, so the key is `signal`"),
    "model": ("source", true, "the name of a model in the catalog is its `source`"),
    "roleArn": ("serviceAccount", false, "write `serviceAccount: {roleArn: …}`"),
    "minReplicas": ("replicas", false, "write `replicas: {min: …, max: …}`"),
    "maxReplicas": ("replicas", false, "write `replicas: {min: …, max: …}`"),
]

/// The words in backticks with commas between them.
package func enumerated(_ words: [String], _ last: String = "and") -> String { listed(words.map { "`\($0)`" }, last) }

/// The words with commas between them, and another word before the last.
package func listed(_ words: [String], _ last: String = "and") -> String {
    guard words.count > 1, let final = words.last else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " \(last) " + final
}
