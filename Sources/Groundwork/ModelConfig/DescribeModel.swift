import Diagnostics

/// Computes the figures of a model from the keys of its `config.json`.
///
/// - Parameter published: what the model is published for.
func describe(_ config: inout ConfigReader, published: ModelTask, index: SourceFile?, isKnown: Bool) -> ModelConfig? {
    let experts = expertCount(&config)
    let blocks = blockConfigs(&config)
    let plan = layerPlan(&config, hasExperts: experts != nil)
    let widths = modelWidths(&config)
    let mixers = blocks?.mixers ?? mixerFigures(plan, widths, &config)
    let feeds = blocks.map { FeedFigures(layers: $0.feeds) } ?? feedFigures(plan, widths, experts, &config)
    let vocabulary = config.required("vocab_size")
    let embedding = embeddingParameters(vocabulary, widths, &config)
    let layers = (mixers + feeds.layers).total { $0.parameters } ?? 0
    let ends = resultParameters(widths, config).map { embedding + layers + $0 } ?? embedding + layers
    let outside = ends.named("parameters outside the experts", "parameters")
    let all = feeds.experts.map { outside + $0.parameters } ?? outside
    let active = feeds.experts.map { experts in
        outside + experts.parameters * experts.figures.perToken.named("experts per token", "experts")
            / experts.figures.count.named("experts", "experts")
    }
    let vision = visionParameters(widths.hidden, &config)
    let encoder = imageEncoder(&config)
    let weights = configWeights(&config)
    let sizes = WeightSizes(
        language: all, experts: feeds.experts?.parameters, embedding: embedding, vision: vision,
        dtype: weights.dtype.value,
        further: furtherParameters(all, outside, embedding, feeds, widths, &config), is32Bit: weights.is32Bit)
    checkSize(sizes, index: index, isKnown: isKnown, &config)
    let isLatent = config.entry("kv_lora_rank") != nil
    let context = maxContext(&config)
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
        maxContext: context,
        dtype: weights.dtype,
        fp8Block: weights.fp8Block, additionalMiB: vision.map { config.traced(additional($0)) },
        encoder: encoder,
        traits: traits(of: config, published, is32Bit: weights.is32Bit), firstRelease: config.type.firstRelease)
}

/// Parameters of the embedding and the output head, which are one if they are tied.
private func embeddingParameters(
    _ vocabulary: Traced<Int>, _ widths: ModelWidths, _ config: inout ConfigReader
) -> Reasoned {
    let one = vocabulary.named("vocabulary", "1") * widths.hiddenSize
    if !config.task.generates {
        // There is no output head.
        let learned = positionParameters(widths, &config)
        return (learned.map { one + $0 } ?? one).named("embedding parameters", "parameters")
    }
    let name = "embedding and output head parameters"
    guard let isTied = config.flag("tie_word_embeddings") else {
        config.report.error(
            "missing-config-key", "`\(config.file.path)` has no `tie_word_embeddings`", at: config.place,
            label: "`tie_word_embeddings` is required", help: ["copy the whole `config.json` of the model"])
        return one.named(name, "parameters")
    }
    return (isTied ? one : 2 * one).named(name, "parameters")
}

/// Parameters of the embeddings of positions and types of tokens; nil if there are none.
private func positionParameters(_ widths: ModelWidths, _ config: inout ConfigReader) -> Reasoned? {
    guard config.type.traits.contains(.learnedPositions) else { return nil }
    let positions = config.required("max_position_embeddings").named("positions", "1")
    let types = config.count("type_vocab_size")?.named("types of tokens", "1") ?? 0
    return (positions + types) * widths.hiddenSize
}

/// Parameters of the matrix that the result passes; nil if there is none.
private func resultParameters(_ widths: ModelWidths, _ config: ConfigReader) -> Reasoned? {
    config.type.traits.contains(.learnedPositions) ? widths.hiddenSize * widths.hiddenSize : nil
}

/// Reads the longest context, without the positions of padding.
private func maxContext(_ config: inout ConfigReader) -> Traced<Int> {
    let positions = config.required("max_position_embeddings", "max_sequence_length", "seq_length")
    guard config.type.traits.contains(.paddedPositions) else { return positions }
    let padding: Reasoned = 2
    return config.traced((positions.named("positions", "tokens") - padding).named("longest context", "tokens"))
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
private func traits(of config: ConfigReader, _ published: ModelTask, is32Bit: Bool) -> Set<
    ModelArchitecture.Trait
> {
    let type = config.type
    var traits: Set<ModelArchitecture.Trait> = is32Bit ? [.thirtyTwoBits] : []
    if published == .embed { traits.insert(.embedding) }
    if published == .rerank { traits.insert(.reranking) }
    if config.task == .rerank, published == .generate, type.name == "qwen3" { traits.insert(.yesOrNo) }
    let flag = config.entry("use_bidirectional_attention")?.value.scalar?.meaning
    if type.traits.contains(.bidirectional) || flag == .boolean(true) { traits.insert(.bidirectional) }
    if type.traits.contains(.attentionSinks) { traits.insert(.attentionSinks) }
    if type.traits.contains(.bfloat16Only) { traits.insert(.bfloat16Only) }
    return traits
}
