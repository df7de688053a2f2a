/// What layers of one kind hold.
struct LayerFigures {
    /// How many there are.
    let count: Reasoned
    /// Parameters of one.
    let parameters: Reasoned
    /// Elements in the KV cache of one per token of the whole context; nil for none.
    var elements: Reasoned?
    /// Elements in the KV cache of one per token in the sliding window; nil for none.
    var windowElements: Reasoned?
    /// Bytes per token of the index of sparse attention in one; nil for none.
    var indexBytes: Reasoned?
    /// Bytes per sequence of the state of one, which does not grow; nil for none.
    var stateBytes: Reasoned?

    /// Whether it attends to tokens through a KV cache.
    var attends: Bool { elements != nil || windowElements != nil }
}

extension [LayerFigures] {
    /// The figure of all layers together; nil if none has it.
    func total(_ figure: (LayerFigures) -> Reasoned?) -> Reasoned? {
        let terms = compactMap { layer in figure(layer).map { layer.count * $0 } }
        return terms.isEmpty ? nil : .sum(terms)
    }
}

/// Widths of a model that most formulas use.
struct ModelWidths {
    let hidden: Traced<Int>
    let heads: Traced<Int>
    let kvHeads: Traced<Int>
    /// The width of a query or key head.
    let headDimension: Traced<Int>
    /// The width of a value head.
    let valueDimension: Traced<Int>

    var hiddenSize: Reasoned { hidden.named("hidden size", "1") }
}

/// Reads the widths; a head dimension that is not written is the hidden size divided by the heads.
func modelWidths(_ config: inout ConfigReader) -> ModelWidths {
    let hidden = config.required("hidden_size")
    let heads = config.required("num_attention_heads")
    let kvHeads = config.count("num_key_value_heads", "num_kv_heads") ?? heads
    let dimension = headDimension(hidden, heads, &config)
    if !heads.value.isMultiple(of: kvHeads.value) {
        config.contradict(
            "\(heads.value) attention heads are not a multiple of \(kvHeads.value) KV heads", at: kvHeads.range,
            label: "not a divisor", with: heads)
    }
    return ModelWidths(
        hidden: hidden, heads: heads, kvHeads: kvHeads, headDimension: dimension,
        valueDimension: config.entry("kv_lora_rank") == nil ? config.count("v_head_dim") ?? dimension : dimension)
}

private func headDimension(_ hidden: Traced<Int>, _ heads: Traced<Int>, _ config: inout ConfigReader) -> Traced<Int> {
    if config.entry("kv_lora_rank") != nil {
        let (plain, rope) = (config.required("qk_nope_head_dim"), config.required("qk_rope_head_dim"))
        let sum = config.traced(plain.named("dimension without RoPE", "1") + rope.named("RoPE dimension", "1"))
        if let whole = config.count("qk_head_dim"), whole.value != sum.value {
            config.contradict(
                "`qk_head_dim` is \(whole.value), and its parts are \(plain.value) and \(rope.value)", at: whole.range,
                label: "must be \(sum.value)", with: plain)
        }
        return sum
    }
    if let written = config.count("head_dim", "attention_head_dim") { return written }
    if !hidden.value.isMultiple(of: heads.value) {
        config.contradict(
            "`hidden_size` is \(hidden.value), which is not a multiple of \(heads.value) attention heads, and there is no `head_dim`",
            at: hidden.range, label: "not a multiple of \(heads.value)", with: heads)
    }
    return config.traced((hidden.named("hidden size", "1") / heads.named("attention heads", "1")).roundedDown)
}
