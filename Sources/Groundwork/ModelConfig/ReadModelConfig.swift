import Diagnostics
import YAML

/// Reads the `config.json` of a model; nil if it is not understood, which is reported.
///
/// A key of which it is not known what it changes is an error, unless the caller ignores it.
/// - Parameters:
///   - task: what the model is served for; nil for what it is published for.
///   - index: the `model.safetensors.index.json` of the model, whose size the parameters are compared with.
package func readModelConfig(
    _ file: SourceFile, for task: ModelTask? = nil, ignoring ignored: [String] = [], index: SourceFile? = nil,
    _ report: inout Report
) -> ModelConfig? {
    guard let documents = readYAML(file, &report) else { return nil }
    guard let whole = documents.first, whole.entries != nil, documents.count == 1 else {
        report.error(
            "not-a-config", "`\(file.path)` is not the `config.json` of a model", at: SourceRange(file, 0, 0),
            label: "must be one mapping", help: ["name the `config.json` from the repository of the model"])
        return nil
    }
    guard let text = languageModel(in: whole, &report) else { return nil }
    guard let published = publishedTask(whole, text, for: task, &report) else { return nil }
    guard let (type, isKnown) = modelType(whole, text, &report) else { return nil }
    var config = ConfigReader(whole: whole, text: text, type: type, task: task ?? published, report: report)
    checkKeys(of: config, ignoring: ignored, isKnown: isKnown, &config.report)
    let described =
        config.report.hasErrors ? nil : describe(&config, published: published, index: index, isKnown: isKnown)
    report = config.report
    return report.hasErrors ? nil : described
}

/// Finds the mapping of the language model; nil if there are two, which is reported.
private func languageModel(in whole: Node, _ report: inout Report) -> Node? {
    let found = ConfigReader.nested.compactMap { key in
        whole.entries?.first { $0.key == key && $0.value.entries != nil }
    }
    if found.count > 1 {
        report.error(
            "contradicting-config", "`\(found[0].key)` and `\(found[1].key)` both describe a language model",
            at: found[1].keyRange, label: "second language model",
            notes: [Diagnostic.Note("the first is here", at: found[0].keyRange)])
        return nil
    }
    return found.first?.value ?? whole
}

/// Finds out which `model_type` it has; nil if there is none, which is reported.
private func modelType(_ whole: Node, _ text: Node, _ report: inout Report) -> (ModelType, isKnown: Bool)? {
    let outer = whole["model_type"]
    guard let name = (text["model_type"] ?? outer)?.scalar?.text ?? architecture(of: whole)?.scalar?.text else {
        report.error(
            "missing-config-key", "`\(whole.range.file.path)` has no `model_type`",
            at: whole.entries?.first?.keyRange ?? whole.range, label: "`model_type` is required",
            help: ["name the `config.json` from the repository of the model"])
        return nil
    }
    let rows = [text["model_type"], outer].compactMap { $0?.scalar.flatMap { ModelType.named($0.text) } }
    guard let first = rows.first else { return (.unknown(name), false) }
    let both = rows.dropFirst().reduce(first) { $0.beside($1) }
    return (both, ModelType.named(name) != nil)
}

extension ModelType {
    /// The type of a language model, with what the type of the whole adds.
    fileprivate func beside(_ whole: ModelType) -> ModelType {
        ModelType(
            name: name, task: task, traits: traits.union(whole.traits),
            defaults: whole.defaults.merging(defaults) { _, own in own },
            firstRelease: firstRelease.flatMap { own in whole.firstRelease.map { Swift.max(own, $0) } },
            reference: reference)
    }
}

/// Rejects keys of which it is not known what they change, and values that are not supported.
private func checkKeys(
    of config: ConfigReader, ignoring ignored: [String], isKnown: Bool, _ report: inout Report
) {
    let isNested = config.text.range.start != config.whole.range.start
    let outside = isNested ? config.whole.entries ?? [] : []
    for entry in (config.text.entries ?? []) + outside where !entry.value.isNull && !ignored.contains(entry.key) {
        guard let row = ConfigKey.named(entry.key) else {
            report.error(
                "unknown-config-key",
                "`\(entry.key)` is not a key whose effect on memory and speed is known", at: entry.keyRange,
                label: "unknown",
                help: ["list it under `ignore` if it changes neither, or describe the model by its figures"])
            continue
        }
        guard row.use == .only else { continue }
        let values = entry.value.items ?? [entry.value]
        guard let other = values.first(where: { $0.scalar?.text != row.value }) else { continue }
        let isFree = row.value.isEmpty
        report.error(
            "unsupported-config",
            "`\(entry.key)` is \(other.scalar.map { "`\($0.text)`" } ?? "set"): \(row.meaning)",
            at: entry.value.entries == nil ? other.range : entry.keyRange,
            label: isFree ? "not supported" : "only `\(row.value)` is supported",
            help: ["describe the model under `architecture:` by its figures"])
    }
}
