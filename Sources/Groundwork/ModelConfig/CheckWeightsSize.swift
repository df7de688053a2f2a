import Diagnostics
import YAML

/// What the weights of a model take, to compare with the published size.
struct WeightSizes {
    /// Parameters of the language model.
    let language: Reasoned
    let experts: Reasoned?
    let embedding: Reasoned
    let vision: Reasoned?
    let dtype: DType
    /// Parameters that a checkpoint may have besides, for multi-token prediction.
    let further: Reasoned?

    /// Whether the checkpoint is in 32 bits.
    let is32Bit: Bool

    /// Bytes of a checkpoint without the parameters that it may have besides.
    var least: Double {
        if is32Bit { return 4 * (language.value + (vision?.value ?? 0)) }
        var whole = 0.0
        if dtype.isQuantized {
            // Experts alone are quantized below 8 bits; else all but the embedding.
            let apart = dtype == .fp8 || experts == nil ? embedding.value : language.value - (experts?.value ?? 0)
            whole = apart * (Thresholds.wholeWeight.value - dtype.size.value)
        }
        return language.value * dtype.size.value + whole + (vision?.value ?? 0) * Thresholds.wholeWeight.value
    }

    /// Bytes of a checkpoint with everything.
    var most: Double { least + (further?.value ?? 0) * Thresholds.wholeWeight.value }
}

/// Parameters of the layers for multi-token prediction: each is one more layer, with an embedding and a projection; nil if there are none.
func furtherParameters(
    _ all: Reasoned, _ outside: Reasoned, _ embedding: Reasoned, _ feeds: FeedFigures, _ widths: ModelWidths,
    _ config: inout ConfigReader
) -> Reasoned? {
    let keys = ["num_nextn_predict_layers", "mtp_num_hidden_layers", "num_mtp_modules"]
    guard let count = keys.compactMap({ config.count($0) }).first else { return nil }
    let layers = layerCount(&config).named("layers", "layers")
    let experts = feeds.experts?.parameters ?? 0
    let layer = (outside - embedding + experts) / layers
    return count.named("layers for multi-token prediction", "layers")
        * (layer + embedding + 2 * widths.hiddenSize * widths.hiddenSize)
}

/// Compares the computed size with that of the published weights; a type that is not known needs them.
func checkSize(_ sizes: WeightSizes, index: SourceFile?, isKnown: Bool, _ config: inout ConfigReader) {
    guard let index else {
        if !isKnown, !config.report.hasErrors { requireIndex(&config) }
        return
    }
    guard let documents = readYAML(index, &config.report) else { return }
    guard let size = documents.first?["metadata"]?["total_size"], case .integer(let bytes)? = size.scalar?.meaning,
        bytes > 0
    else {
        config.report.error(
            "not-an-index", "`\(index.path)` has no `metadata.total_size`", at: SourceRange(index, 0, 0),
            label: "not an index of safetensors",
            help: ["name the `model.safetensors.index.json` from the repository of the model"])
        return
    }
    let tolerance = (sizes.dtype.isQuantized ? Thresholds.quantizedSizeTolerance : Thresholds.sizeTolerance).value
    let published = Double(bytes)
    guard published < sizes.least * (1 - tolerance) || published > sizes.most * (1 + tolerance) else { return }
    config.report.error(
        "weights-size-mismatch",
        "the weights have \(gigabytes(published)), and the keys of `\(config.file.path)` give \(gigabytes(sizes.least)) in \(sizes.dtype.rawValue)",
        at: size.range, label: "the published size",
        notes: [Diagnostic.Note("the model is described here", at: config.place)],
        help: ["check that both files are of the same model, or describe it under `architecture:` by its figures"])
}

private func requireIndex(_ config: inout ConfigReader) {
    let node = config.text["model_type"] ?? config.whole["model_type"]
    config.report.error(
        "unknown-model-type",
        "`\(config.type.name)` is not a `model_type` whose layers are known", at: node?.range ?? config.place,
        label: "unknown", notes: [Diagnostic.Note("its keys are all known, so its published size can confirm them")],
        help: ["set `index` to the model's `model.safetensors.index.json`"])
}

private func gigabytes(_ bytes: Double) -> String { "\(Notation.plain.text((bytes / 1e9).rounded(1))) GB" }
