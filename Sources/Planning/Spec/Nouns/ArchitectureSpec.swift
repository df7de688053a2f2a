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
    /// The layers that have the window; nil means all.
    package let windowLayers: Traced<Int>?
    /// The KV cache of layers that are not all alike; nil if they are.
    package let cache: ModelConfig.Cache?
    /// Parameters of the embedding and the output head; nil means two of the vocabulary's.
    package let embeddingParameters: Traced<Int>?
    /// Additional weights, such as a vision tower; nil if there are none.
    package let additionalMiB: Traced<Int>?
    /// The encoder of images; nil if there is none, or if the spec has the figures.
    package let encoder: ConfigEncoder?
    /// The side of the blocks that share a scale in FP8 weights; nil if it is not known or there are none.
    package let fp8Block: Traced<Int>?
    package let traits: Set<ModelArchitecture.Trait>
    package let maxContext: Traced<Int>
    package let dtype: Traced<DType>
    /// Whether a `config.json` describes it, rather than the spec itself.
    package let isFromConfig: Bool
    package let range: SourceRange

    /// Where the description is, for figures that it does not list one by one.
    var origin: Origin {
        if case .written = parameters.origin { return parameters.origin }
        return .written(range)
    }
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
    /// Reads the figures, or the `config.json` that is named in their place.
    init(_ fields: inout FieldReader, task: ModelTask) {
        let config = fields.optional(
            "config", .companion.example("models/config.json"),
            "the model's `config.json`, beside this file or below, which has the figures; default: they are in the spec"
        )
        let index = fields.optional(
            "index", .companion.example("models/model.safetensors.index.json"),
            "the model's `model.safetensors.index.json`, whose size confirms what `config` gives; default: not compared"
        )
        let ignored = fields.list(
            "ignore", .anyText.example("new_key"), "keys of `config` that change neither memory nor speed")
        if fields.keyRange("config") != nil {
            self.init(config, index: index, ignoring: ignored.map(\.value), task: task, &fields)
        } else {
            self.init(figures: &fields)
        }
    }

    private init(figures fields: inout FieldReader) {
        range = fields.range
        parameters = fields.figure("parameters", .parameters, "total number of parameters")
        activeParameters = fields.optional(
            "activeParameters", .parameters.example("22B"), "parameters active per token; default: all")
        vocabulary = fields.optional(
            "vocabulary", .count(2...10_000_000, 128_256),
            "vocab_size; the embedding and the output head stay in 16 bits in quantized weights; default: not counted")
        mlpWidth = fields.optional(
            "mlpWidth", .count(16...1_000_000, 14_336),
            "intermediate_size of layers without experts; default: not checked against the number of GPUs")
        layers = fields.figure("layers", .count(1...1000, 80), "num_hidden_layers")
        hidden = fields.figure("hidden", .count(16...1_000_000, 8192), "hidden_size")
        attentionHeads = fields.figure("attentionHeads", .count(1...1024, 64), "num_attention_heads")
        kvHeads = fields.figure("kvHeads", .count(1...1024, 8), "num_key_value_heads")
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
        maxContext = fields.figure("maxContext", .tokens.example("131072", "128k"), "max_position_embeddings")
        dtype = fields.optional(
            "dtype", .word, "dtype in which the model is published", default: .bf16,
            because: "the dtype of most published models")
        let isBidirectional = fields.optional(
            "bidirectional", .boolean,
            "whether each token attends to all others, as in BERT: no KV cache, and a step computes whole prompts",
            default: false, because: "models that generate text attend to earlier tokens")
        (windowLayers, cache, embeddingParameters, additionalMiB, fp8Block, encoder) = (nil, nil, nil, nil, nil, nil)
        traits = isBidirectional.value ? [.bidirectional] : []
        isFromConfig = false
    }
}

extension FieldReader {
    /// Reads a figure of an architecture, which is required unless a file has it.
    fileprivate mutating func figure<Value>(_ key: String, _ type: FieldType<Value>, _ meaning: String)
        -> Traced<Value>
    {
        if let value = optional(key, type, meaning + "; required unless `config` is set") { return value }
        reportAbsence(key, type, meaning)
        return Traced(type.placeholder, .written(range))
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
