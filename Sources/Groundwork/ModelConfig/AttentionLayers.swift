import Diagnostics

/// What the layers that pass information between tokens hold, kind by kind.
func mixerFigures(_ plan: LayerPlan, _ widths: ModelWidths, _ config: inout ConfigReader) -> [LayerFigures] {
    if config.entry("compress_ratios") != nil { return compressedAttention(plan, widths, &config) }
    var found: [LayerFigures] = []
    for kind in [LayerPlan.Mixer.full, .window, .linear, .mamba, .delta] {
        let count = plan.count(kind)
        guard count.value > 0 else { continue }
        switch kind {
        case .full where config.entry("kv_lora_rank") != nil:
            found += latentAttention(count.named("layers with latent attention", "layers"), plan, widths, &config)
        case .full: found.append(fullAttention(count.named("layers with full attention", "layers"), widths, &config))
        case .window:
            found.append(windowAttention(count.named("layers with a sliding window", "layers"), widths, &config))
        case .linear:
            found.append(linearAttention(count.named("layers with linear attention", "layers"), widths, &config))
        case .mamba: found.append(mamba(count.named("Mamba layers", "layers"), widths, &config))
        case .delta: found.append(deltaAttention(count.named("layers with delta attention", "layers"), widths, &config))
        case .none: break
        }
    }
    return found
}

/// The heads of one kind of attention.
private struct Heads {
    var heads: Traced<Int>
    var kvHeads: Traced<Int>
    var key: Traced<Int>
    var value: Traced<Int>
    /// Whether values are the keys, so that there is no projection for them.
    var keysAreValues = false

    /// Elements in the KV cache per layer and token.
    var elements: Reasoned {
        let kv = kvHeads.named("KV heads", "1")
        guard key.value != value.value else { return 2 * kv * key.named("head dimension", "1") }
        return kv * (key.named("head dimension", "1") + value.named("value dimension", "1"))
    }

    /// Parameters of the projections: query, perhaps with a gate, key, value and output.
    func parameters(_ hidden: Reasoned, isGated: Bool) -> Reasoned {
        let (heads, kv) = (heads.named("attention heads", "1"), kvHeads.named("KV heads", "1"))
        let (key, value) = (key.named("head dimension", "1"), value.named("value dimension", "1"))
        let query = isGated ? 2 * heads * key : heads * key
        let output = heads * value
        let cached = keysAreValues ? kv * key : kv * key + kv * value
        return (hidden * (query + cached + output)).named("parameters of an attention layer", "parameters")
    }
}

/// Whether the query of full attention has a gate of its own width.
private func isGated(_ config: inout ConfigReader) -> Bool {
    config.flag("attn_output_gate") ?? config.type.traits.contains(.gatedQuery)
}

private func fullAttention(_ count: Reasoned, _ widths: ModelWidths, _ config: inout ConfigReader) -> LayerFigures {
    var heads = Heads(
        heads: widths.heads, kvHeads: widths.kvHeads, key: widths.headDimension, value: widths.valueDimension)
    if let dimension = config.count("global_head_dim") {
        (heads.key, heads.value) = (dimension, dimension)
        heads.kvHeads = config.count("num_global_key_value_heads") ?? heads.kvHeads
        heads.keysAreValues = config.flag("attention_k_eq_v") ?? false
    }
    var figures = LayerFigures(
        count: count, parameters: heads.parameters(widths.hiddenSize, isGated: isGated(&config)))
    figures.elements = heads.elements
    return figures
}

private func windowAttention(_ count: Reasoned, _ widths: ModelWidths, _ config: inout ConfigReader) -> LayerFigures {
    let key = config.count("swa_head_dim") ?? widths.headDimension
    let heads = Heads(
        heads: config.count("swa_num_attention_heads") ?? widths.heads,
        kvHeads: config.count("swa_num_key_value_heads") ?? widths.kvHeads, key: key,
        value: config.count("swa_v_head_dim") ?? widths.valueDimension)
    var figures = LayerFigures(
        count: count, parameters: heads.parameters(widths.hiddenSize, isGated: isGated(&config)))
    figures.windowElements = heads.elements
    return figures
}

/// Multi-head latent attention, perhaps with an index that chooses the tokens: layers that share an index have none of their own.
private func latentAttention(
    _ count: Reasoned, _ plan: LayerPlan, _ widths: ModelWidths, _ config: inout ConfigReader
) -> [LayerFigures] {
    let hidden = widths.hiddenSize
    let heads = widths.heads.named("attention heads", "1")
    let rank = config.required("kv_lora_rank").named("KV LoRA rank", "elements")
    let rope = config.required("qk_rope_head_dim").named("RoPE dimension", "elements")
    let plain = config.required("qk_nope_head_dim").named("dimension without RoPE", "elements")
    let value = config.required("v_head_dim").named("value dimension", "elements")
    let query = config.count("q_lora_rank")?.named("query LoRA rank", "elements")
    let wide = heads * (plain + rope)
    var parameters =
        (query.map { hidden * $0 + $0 * wide } ?? hidden * wide)
        + hidden * (rank + rope) + rank * heads * (plain + value) + heads * value * hidden
    if config.flag("mla_use_output_gate") == true { parameters = parameters + hidden * heads * value }
    var figures = LayerFigures(
        count: count, parameters: parameters.named("parameters of a latent attention layer", "parameters"))
    figures.elements = rank + rope
    guard let indexHeads = config.count("index_n_heads") else { return [figures] }
    let width = config.required("index_head_dim").named("index dimension", "1")
    let number = indexHeads.named("index heads", "1")
    let owners = config.items("indexer_types").map { list in
        Traced(list.items.count { $0.scalar?.text != "shared" }, list.range.derived)
    }
    var index = LayerFigures(
        count: owners.map { $0.named("layers with an index", "layers") } ?? count,
        parameters: ((query ?? hidden) * number * width + hidden * width + hidden * number)
            .named("parameters of an index", "parameters"))
    index.indexBytes = indexEntry(width)
    return [figures, index]
}

/// Bytes of one key of the index: 8 bits for each element, and a scale of 4 bytes for every 128.
func indexEntry(_ width: Reasoned) -> Reasoned {
    let scales = width / .given(Thresholds.indexScaleBlock) * .given(Thresholds.indexScale)
    return (width * .constant(1, "B") + scales).named("bytes of an index key", "B")
}
