import Diagnostics

/// Computes the figures of a model from the keys of its `config.json`.
func describe(_ config: inout ConfigReader, index: SourceFile?, isKnown: Bool) -> ModelConfig? {
    let experts = expertCount(&config)
    let blocks = blockConfigs(&config)
    let plan = layerPlan(&config, hasExperts: experts != nil)
    let widths = modelWidths(&config)
    let mixers = blocks?.mixers ?? mixerFigures(plan, widths, &config)
    let feeds = blocks.map { FeedFigures(layers: $0.feeds) } ?? feedFigures(plan, widths, experts, &config)
    let vocabulary = config.required("vocab_size")
    let embedding = embeddingParameters(vocabulary, widths, &config)
    let layers = (mixers + feeds.layers).total { $0.parameters } ?? 0
    let outside = (embedding + layers).named("parameters outside the experts", "parameters")
    let all = feeds.experts.map { outside + $0.parameters } ?? outside
    let active = feeds.experts.map { experts in
        outside + experts.parameters * experts.figures.perToken.named("experts per token", "experts")
            / experts.figures.count.named("experts", "experts")
    }
    let vision = visionParameters(widths.hidden, &config)
    let weights = configWeights(&config)
    let sizes = WeightSizes(
        language: all, experts: feeds.experts?.parameters, embedding: embedding, vision: vision,
        dtype: weights.dtype.value,
        further: furtherParameters(all, outside, embedding, feeds, widths, &config))
    checkSize(sizes, index: index, isKnown: isKnown, &config)
    let isLatent = config.entry("kv_lora_rank") != nil
    let slides = mixers.contains { $0.windowElements != nil }
    return ModelConfig(
        range: config.place, parameters: config.traced(all.named("parameters", "parameters")),
        activeParameters: config.traced((active ?? all).roundedDown.named("active parameters", "parameters")),
        experts: feeds.experts?.figures, vocabulary: vocabulary, embeddingParameters: config.traced(embedding),
        mlpWidth: feeds.mlpWidth, layers: layerCount(&config), hidden: widths.hidden, attentionHeads: widths.heads,
        kvHeads: blocks?.kvHeads ?? fewestKVHeads(plan, widths, &config), headDimension: widths.headDimension,
        kvLoraRank: isLatent ? config.count("kv_lora_rank") : nil,
        ropeDimension: isLatent ? config.count("qk_rope_head_dim") : nil,
        slidingWindow: slides ? config.required("sliding_window", "sliding_window_size") : nil,
        windowLayers: slides ? plan.count(.window) : nil,
        cache: cache(of: mixers, plan, isLatent: isLatent, &config),
        maxContext: config.required("max_position_embeddings", "max_sequence_length", "seq_length"),
        dtype: weights.dtype,
        fp8Block: weights.fp8Block, additionalMiB: vision.map { config.traced(additional($0)) },
        traits: traits(of: config.type), firstRelease: config.type.firstRelease)
}

/// Parameters of the embedding and the output head, which are one if they are tied.
private func embeddingParameters(
    _ vocabulary: Traced<Int>, _ widths: ModelWidths, _ config: inout ConfigReader
) -> Reasoned {
    let one = vocabulary.named("vocabulary", "1") * widths.hiddenSize
    let name = "embedding and output head parameters"
    guard let isTied = config.flag("tie_word_embeddings") else {
        config.report.error(
            "missing-config-key", "`\(config.file.path)` has no `tie_word_embeddings`", at: config.place,
            label: "`tie_word_embeddings` is required", help: ["copy the whole `config.json` of the model"])
        return one.named(name, "parameters")
    }
    return (isTied ? one : 2 * one).named(name, "parameters")
}

/// The KV heads of the layers that have the fewest: those decide among how many GPUs a KV cache can be divided.
private func fewestKVHeads(_ plan: LayerPlan, _ widths: ModelWidths, _ config: inout ConfigReader) -> Traced<Int> {
    let isMixed = plan.mixers.contains(.full) && plan.mixers.contains(.window)
    let others = [
        isMixed ? config.count("swa_num_key_value_heads") : nil,
        isMixed && config.entry("global_head_dim") != nil ? config.count("num_global_key_value_heads") : nil,
    ]
    return others.compactMap { $0 }.reduce(widths.kvHeads) { $1.value < $0.value ? $1 : $0 }
}

/// What the layers keep together; nil if all of them attend, with heads of the same number and dimension.
private func cache(
    of mixers: [LayerFigures], _ plan: LayerPlan, isLatent: Bool, _ config: inout ConfigReader
) -> ModelConfig.Cache? {
    let attending = mixers.filter(\.attends)
    let widths = Set(attending.compactMap { ($0.elements ?? $0.windowElements)?.value })
    let isAlike =
        attending.count == mixers.count && widths.count == 1 && attending.allSatisfy { $0.stateBytes == nil }
        && attending.reduce(0) { $0 + $1.count.value } == Double(layerCount(&config).value)
    if isAlike { return nil }
    func sum(_ figure: (LayerFigures) -> Reasoned?) -> Traced<Int> {
        config.traced(mixers.total(figure) ?? Reasoned.constant(0, "1"))
    }
    return ModelConfig.Cache(
        layers: config.traced(.sum(attending.isEmpty ? [0] : attending.map(\.count))), elements: sum(\.elements),
        windowElements: sum(\.windowElements), indexBytes: sum(\.indexBytes), stateBytes: sum(\.stateBytes))
}

/// Additional weights in MiB.
private func additional(_ parameters: Reasoned) -> Reasoned {
    (parameters.named("parameters of the vision tower", "parameters") * .given(Thresholds.wholeWeight)
        / .constant(1_048_576, "B/MiB")).roundedUp.named("additional weights", "MiB")
}

/// The properties of a type in vLLM that the catalog has, too.
private func traits(of type: ModelType) -> Set<ModelArchitecture.Trait> {
    var traits: Set<ModelArchitecture.Trait> = []
    if type.traits.contains(.attentionSinks) { traits.insert(.attentionSinks) }
    if type.traits.contains(.bfloat16Only) { traits.insert(.bfloat16Only) }
    return traits
}
