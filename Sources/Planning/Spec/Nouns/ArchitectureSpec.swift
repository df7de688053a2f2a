import Diagnostics
import Groundwork

/// A model's architecture, as in its `config.json`.
package struct ArchitectureSpec: Sendable {
    package let parameters: Traced<Int>
    /// Parameters active per token; nil means all.
    package let activeParameters: Traced<Int>?
    /// The vocabulary, whose embedding and output head stay in 16 bits in quantized weights; nil means not known.
    package let vocabulary: Traced<Int>?
    /// The feed-forward width of layers without experts; nil means not known.
    package let mlpWidth: Traced<Int>?
    package let layers: Traced<Int>
    package let hidden: Traced<Int>
    package let attentionHeads: Traced<Int>
    package let kvHeads: Traced<Int>
    package let headDimension: Traced<Int>
    package let experts: ExpertsSpec?
    /// The compressed KV width of multi-head latent attention, with the rotary part beside it.
    package let kvLoraRank: Traced<Int>?
    package let ropeDimension: Traced<Int>?
    package let slidingWindow: Traced<Int>?
    package let maxContext: Traced<Int>
    package let dtype: Traced<DType>
    package let range: SourceRange
}

/// The expert part of a mixture-of-experts model.
package struct ExpertsSpec: Sendable {
    package let count: Traced<Int>
    package let perToken: Traced<Int>
    /// All experts' parameters together.
    package let parameters: Traced<Int>
    /// The feed-forward width of one expert; nil means derived from its parameters.
    package let width: Traced<Int>?
    package let range: SourceRange
}

extension ArchitectureSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        parameters = fields.required("parameters", .parameters, "total number of parameters")
        activeParameters = fields.optional(
            "activeParameters", .parameters.example("22B"), "parameters active per token; default: all")
        vocabulary = fields.optional(
            "vocabulary", .count(2...10_000_000, 128_256),
            "vocab_size; the embedding and the output head stay in 16 bits in quantized weights; default: not counted")
        mlpWidth = fields.optional(
            "mlpWidth", .count(16...1_000_000, 14_336),
            "intermediate_size of layers without experts; default: not checked against the number of GPUs")
        layers = fields.required("layers", .count(1...1000, 80), "num_hidden_layers")
        hidden = fields.required("hidden", .count(16...1_000_000, 8192), "hidden_size")
        attentionHeads = fields.required("attentionHeads", .count(1...1024, 64), "num_attention_heads")
        kvHeads = fields.required("kvHeads", .count(1...1024, 8), "num_key_value_heads")
        headDimension = fields.optional(
            "headDimension", .count(1...4096, 128), "head_dim; default: `hidden` / `attentionHeads`",
            default: Traced<Int>(
                (hidden.named("hidden", .one) / attentionHeads.named("attention heads", .one)).roundedDown))
        experts = fields.optional(
            "experts", ExpertsSpec.init(_:), "the experts of an MoE model; default: a dense model")
        kvLoraRank = fields.optional(
            "kvLoraRank", .count(1...65_536, 512),
            "kv_lora_rank of multi-head latent attention; default: the model does not use it")
        ropeDimension = fields.optional(
            "ropeDimension", .count(1...65_536, 64),
            "qk_rope_head_dim of multi-head latent attention; default: the model does not use it")
        slidingWindow = fields.optional(
            "slidingWindow", .tokens.example("4k"), "sliding_window, if all layers have one; default: none")
        maxContext = fields.required("maxContext", .tokens.example("131072", "128k"), "max_position_embeddings")
        dtype = fields.optional(
            "dtype", .word, "dtype in which the model is published", default: .bf16,
            because: "the dtype of most published models")
    }
}

extension ExpertsSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        count = fields.required("count", .count(2...10_000, 128), "experts per layer")
        perToken = fields.required("perToken", .count(1...1000, 8), "num_experts_per_tok")
        parameters = fields.required("parameters", .parameters.example("227B"), "parameters of all experts together")
        width = fields.optional(
            "width", .count(16...1_000_000, 1536),
            "moe_intermediate_size; default: derived from the experts' parameters, unchecked where those are rounded too far"
        )
    }
}
