import Diagnostics
import YAML

/// A `config.json` being read: the mapping of the language model, in the mapping of the whole.
///
/// Each method that reads a key reports what is wrong with its value.
struct ConfigReader {
    /// The mappings in which a model that also takes images has its language model.
    static let nested = ["text_config", "llm_config", "language_config"]
    /// The greatest figure that a key may have.
    private static let most = 1_000_000_000

    let whole: Node
    /// The language model: the whole, if it is not nested.
    let text: Node
    let type: ModelType
    /// What the plan has it do.
    let task: ModelTask
    var report: Report

    var file: SourceFile { whole.range.file }

    /// The entry of a key that has a value: that of the language model, else that of the whole.
    func entry(_ key: String) -> Node.Entry? {
        for mapping in [text, whole] {
            if let found = mapping.entries?.first(where: { $0.key == key && !$0.value.isNull }) { return found }
        }
        return nil
    }

    /// The place that stands for the language model.
    var place: SourceRange { text.entries?.first?.keyRange ?? text.range }

    /// Reads a count under the first of several names; nil if it is absent, or 0, which means none.
    ///
    /// Two names with different values contradict each other, which is reported.
    mutating func count(_ keys: String...) -> Traced<Int>? { count(keys) }

    mutating func count(_ keys: [String]) -> Traced<Int>? {
        var found: (key: String, value: Traced<Int>)?
        for key in keys {
            guard let entry = entry(key), let value = whole(entry.value, key) else { continue }
            let traced = Traced(value, .written(entry.value.range))
            if let first = found, first.value.value != value {
                contradict(
                    "`\(key)` is \(value), and `\(first.key)` is \(first.value.value)", at: entry.value.range,
                    label: "must be \(first.value.value)", with: first.value)
            }
            if found == nil { found = (key, traced) }
        }
        if let found { return found.value.value == 0 ? nil : found.value }
        let otherwise = keys.compactMap { type.defaults[$0].flatMap { Int($0) } }.first
        return otherwise.map { Traced($0, .catalog(type.reference)) }
    }

    /// Reads a count that every such model has; 1 in place of one that is missing, which is reported.
    mutating func required(_ keys: String...) -> Traced<Int> {
        if let found = count(keys) { return found }
        let name = keys.first ?? ""
        if let entry = keys.compactMap({ self.entry($0) }).first {
            if whole(entry.value, name) == 0 {
                reject("`\(entry.key)` must be at least 1", at: entry.value.range, label: "must be at least 1")
            }
        } else {
            report.error(
                "missing-config-key", "`\(file.path)` has no `\(name)`", at: place,
                label: "`\(name)` is required",
                help: ["copy the whole `config.json` of the model"])
        }
        return Traced(1, .written(place))
    }

    /// Reads the flag of a key; nil if it is absent.
    mutating func flag(_ key: String) -> Bool? {
        guard let entry = entry(key) else {
            return type.defaults[key].map { $0 == "true" }
        }
        guard case .boolean(let value) = entry.value.scalar?.meaning else {
            wrongType(entry.value, key, "`true` or `false`")
            return nil
        }
        return value
    }

    /// Reads a string under a key; nil if it is absent.
    mutating func word(_ key: String) -> Traced<String>? {
        guard let entry = entry(key) else {
            return type.defaults[key].map { Traced($0, .catalog(type.reference)) }
        }
        guard let scalar = entry.value.scalar, scalar.meaning == .string else {
            wrongType(entry.value, key, "a string")
            return nil
        }
        return Traced(scalar.text, .written(entry.value.range))
    }

    /// The items of a list under a key; nil if there is no list.
    func items(_ key: String) -> (items: [Node], range: SourceRange)? {
        guard let entry = entry(key), let items = entry.value.items else { return nil }
        return (items, entry.keyRange)
    }

    /// Reads one whole number of at least 0.
    mutating func whole(_ node: Node, _ key: String) -> Int? {
        switch node.scalar?.meaning {
        case .integer(let value) where (0...Self.most).contains(value): return value
        case .number(let value) where value == value.rounded() && (0...Double(Self.most)).contains(value):
            return Int(value)
        default:
            wrongType(node, key, "a whole number from 0 to \(Self.most)")
            return nil
        }
    }

    /// The whole number that a computation gave; one that no model has is reported.
    mutating func traced(_ number: Reasoned) -> Traced<Int> {
        guard number.value.isFinite, number.value >= 0, number.value < 1e15 else {
            report.error(
                "implausible-config", "`\(file.path)` describes a model that is too large", at: place,
                label: "too large", help: ["copy the whole `config.json` of the model"])
            return Traced(1, .written(place))
        }
        return Traced<Int>(number.roundedUp.value == number.value ? number : number.roundedUp)
    }

    /// Reports a value that is not supported.
    mutating func reject(_ message: String, at range: SourceRange?, label: String, help: [Help] = []) {
        report.error("unsupported-config", message, at: range, label: label, help: help)
    }

    /// Reports a value that contradicts another.
    mutating func contradict(_ message: String, at range: SourceRange?, label: String, with other: Traced<Int>) {
        report.error(
            "contradicting-config", message, at: range, label: label,
            notes: other.range.map { [Diagnostic.Note("the other value is here", at: $0)] } ?? [],
            help: ["copy the whole `config.json` of the model"])
    }

    private mutating func wrongType(_ node: Node, _ key: String, _ expected: String) {
        reject("`\(key)` must be \(expected)", at: node.range, label: "must be \(expected)")
    }
}
