import Diagnostics
import Groundwork
import YAML

extension FieldType where Value: Word {
    private static var words: [String] { Value.allCases.map(\.rawValue) }

    /// One of a few values.
    static var word: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("enum", .array(words.map(JSON.string)))])
        }
        return .scalar(enumerated(words, "or"), placeholder: Value.allCases[0], schema: schema) { scalar in
            if scalar.meaning == .string, let value = Value(rawValue: scalar.text) { return .success(value) }
            let words = words
            var help = ["valid values are \(enumerated(words))"]
            let close = closest(to: scalar.text, among: words.filter { isNear(scalar.text, $0) })
            if let close { help.insert("did you mean `\(close)`?", at: 0) }
            var problem = FieldProblem("invalid-enum-value", "cannot be `\(scalar.text)`", label: "not a valid value")
            problem.others = close.map { [$0] } ?? []
            problem.help = help
            return .failure(problem)
        }
    }
}

/// Whether the part of a word before its first dot is near that of another: a long common end says nothing.
private func isNear(_ word: String, _ other: String) -> Bool {
    let (first, second) = (word.prefix { $0 != "." }, other.prefix { $0 != "." })
    return first == second || closest(to: String(first), among: [String(second)]) != nil
}

extension FieldType where Value == String {
    /// The only valid value.
    static func constant(_ word: String, orInSchema others: [String] = [], code: String, help: String) -> FieldType {
        let schema: @Sendable () -> JSON = {
            .object([others.isEmpty ? ("const", .string(word)) : ("enum", .array(([word] + others).map(JSON.string)))])
        }
        var type = FieldType.scalar("`\(word)`", placeholder: word, schema: schema) { scalar in
            guard scalar.text == word else {
                return .failure(FieldProblem(code, "must be `\(word)`, not `\(scalar.text)`", help: help))
            }
            return .success(word)
        }
        type.onlyWord = word
        return type
    }
}

extension FieldType where Value == GPUShare {
    /// `whole`, or one of `{mig: 1g.20gb}`, `{time-slicing: 4}`, `{mps: 4}` and `{mig: 3g.40gb, mps: 2}`.
    static var gpuShare: FieldType {
        let expects = "`whole`, `{mig: 1g.20gb}`, `{time-slicing: 4}`, `{mps: 4}` or `{mig: 3g.40gb, mps: 2}`"
        let examples = ["whole", "{mig: 1g.20gb}", "{time-slicing: 4}", "{mps: 4}", "{mig: 3g.40gb, mps: 2}"]
        return FieldType(expects: { expects }, placeholder: .whole, schema: shareSchema, examples: examples) {
            node, subject, report in
            if node.scalar?.text == "whole" { return .whole }
            if let entries = node.entries, entries.count == 2, let slice = entries.first(where: { $0.key == "mig" }) {
                return sharedSlice(slice, beside: entries.first { $0.key != "mig" }, subject, expects, &report)
            }
            guard let entries = node.entries, entries.count == 1, let entry = entries.first else {
                let found = node.scalar.map { "`\($0.text)`" } ?? node.yamlType
                report.error(
                    "malformed-share", "\(subject) is \(found), which is not one way of sharing", at: node.start,
                    help: [Help("write \(expects)")])
                return nil
            }
            switch entry.key {
            case "mig":
                return FieldType<String>.migProfile.read(entry.value, .key("mig"), &report).map {
                    .mig(profile: $0, sharers: nil)
                }
            case "time-slicing":
                return sharers.read(entry.value, .key(entry.key), &report).map { .timeSlicing(replicas: $0) }
            case "mps": return sharers.read(entry.value, .key(entry.key), &report).map { .mps(replicas: $0) }
            default:
                let close = closest(to: entry.key, among: ["mig", "time-slicing", "mps"]).map {
                    [Help(meaning: $0, at: entry.keyRange)]
                }
                report.error(
                    "unknown-key", "\(subject) has no key `\(entry.key)`", at: entry.keyRange, label: "unknown",
                    help: (close ?? []) + [Help("write \(expects)")])
                return nil
            }
        }
    }
}

extension FieldType where Value == GPUShare {
    /// Reads a MIG instance that several replicas share.
    private static func sharedSlice(
        _ slice: Node.Entry, beside other: Node.Entry?, _ subject: FieldSubject, _ expects: String,
        _ report: inout Report
    ) -> GPUShare? {
        let profile = FieldType<String>.migProfile.read(slice.value, .key("mig"), &report)
        switch other?.key {
        case "mps":
            let count = other.flatMap { sharers.read($0.value, .key("mps"), &report) }
            return profile.flatMap { profile in count.map { .mig(profile: profile, sharers: $0) } }
        case "time-slicing":
            report.error(
                "time-slicing-of-mig", "Stowage does not time-slice MIG instances", at: other?.keyRange,
                label: "time-slicing is for whole GPUs",
                help: [Help("share the instance with `mps`", replacing: other?.keyRange, by: ["mps"])])
        case let key:
            let close = key.flatMap { closest(to: $0, among: ["mps"]) }.map {
                [Help(meaning: $0, at: other?.keyRange)]
            }
            report.error(
                "unknown-key", "\(subject) has no key `\(key ?? "")`", at: other?.keyRange, label: "unknown",
                help: (close ?? []) + [Help("write \(expects)")])
        }
        return nil
    }
}

private var sharers: FieldType<Int> { .count(2...48, 4) }

@Sendable private func shareSchema() -> JSON {
    func only(_ key: String, _ type: JSON) -> JSON {
        .object([
            ("type", .string("object")), ("additionalProperties", .boolean(false)),
            ("required", .array([.string(key)])),
            ("properties", .object([(key, type)])),
        ])
    }
    let whole = JSON.object([("const", .string("whole"))])
    let sharedSlice = JSON.object([
        ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ("required", .array([.string("mig"), .string("mps")])),
        ("properties", .object([("mig", FieldType<String>.migProfile.described), ("mps", sharers.described)])),
    ])
    return .object([
        (
            "anyOf",
            .array([
                whole, only("mig", FieldType<String>.migProfile.described), only("time-slicing", sharers.described),
                only("mps", sharers.described), sharedSlice,
            ])
        )
    ])
}
