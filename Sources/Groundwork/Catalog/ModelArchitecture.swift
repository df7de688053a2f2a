/// The architecture of a model, which decides memory and speed: a row of `model-architectures.csv`.
///
/// A class, because every candidate of the model refers to it.
package final class ModelArchitecture: CatalogRow {
    /// Layers that keep only the latest tokens.
    package struct SlidingWindow: Sendable {
        /// Tokens that such a layer keeps.
        package let tokens: Int
        /// The number of such layers.
        package let layers: Int

        package init(tokens: Int, layers: Int) {
            self.tokens = tokens
            self.layers = layers
        }
    }

    /// The experts of an MoE model.
    package struct Experts: Sendable {
        package let count: Int
        package let perToken: Int
        /// All experts' parameters together.
        package let parameters: Int
        /// The feed-forward width of one expert; nil if it is not known.
        package let width: Int?

        package init(count: Int, perToken: Int, parameters: Int, width: Int? = nil) {
            self.count = count
            self.perToken = perToken
            self.parameters = parameters
            self.width = width
        }
    }

    /// The compressed KV cache of multi-head latent attention, per layer and token.
    package struct LatentAttention: Sendable {
        package let rank: Int
        package let ropeDimension: Int

        package init(rank: Int, ropeDimension: Int) {
            self.rank = rank
            self.ropeDimension = ropeDimension
        }
    }

    /// The KV cache of layers that are not all alike, all layers together.
    package struct MixedCache: Sendable {
        /// The number of layers that attend to tokens through a KV cache.
        package let layers: Int
        /// Elements per token of the layers that keep the whole context.
        package let elements: Int
        /// Elements per token of the layers with a sliding window.
        package let windowElements: Int
        /// Bytes per token of the index of sparse attention, whatever the dtype of the KV cache.
        package let indexBytes: Int
        /// Bytes per sequence of the states of linear attention, whatever its length.
        package let stateBytes: Int

        package init(layers: Int, elements: Int, windowElements: Int, indexBytes: Int, stateBytes: Int) {
            self.layers = layers
            self.elements = elements
            self.windowElements = windowElements
            self.indexBytes = indexBytes
            self.stateBytes = stateBytes
        }
    }

    /// Special properties of a model in vLLM, besides its architecture.
    package enum Trait: String, Sendable {
        /// Its publisher pads its int4 weights, so that they divide evenly even if the widths do not.
        case paddedInt4 = "int4-padded"
        /// vLLM rejects it in float16.
        case bfloat16Only = "bfloat16-only"
        case attentionSinks = "attention-sinks"
        /// It gives embeddings.
        case embedding
        /// It scores queries with documents.
        case reranking
        /// Each token attends to all others: there is no KV cache, and a step computes whole prompts.
        case bidirectional
        /// A reranker that is published as a model which generates `yes` or `no`; vLLM scores with it by an argument.
        case yesOrNo = "yes-or-no"
        /// Its weights are published in 32 bits, and vLLM loads them in 16.
        case thirtyTwoBits = "32-bit"
    }

    package let name: String
    package let parameters: Int
    /// Parameters that one token uses.
    package let activeParameters: Int
    package let experts: Experts?
    /// Parameters of the embedding and the output head; 0 if they are not known.
    package let embeddingParameters: Int
    /// The feed-forward width of layers without experts; nil if there are none, or it is not known.
    package let mlpWidth: Int?
    /// The side of the blocks that share a scale in the publisher's FP8 checkpoint; nil if it has none.
    package let fp8Block: Int?
    package let traits: Set<Trait>
    /// The first release of vLLM that loads it; nil if it is not known.
    package let firstRelease: Version?
    package let layers: Int
    package let hidden: Int
    package let attentionHeads: Int
    package let kvHeads: Int
    package let headDimension: Int
    package let latentAttention: LatentAttention?
    package let maxContext: Int
    package let nativeDType: DType
    package let slidingWindow: SlidingWindow?
    /// Nil if all layers attend, with heads of the same number and dimension.
    package let mixedCache: MixedCache?
    /// Additional weights, such as a vision tower, in MiB.
    package let extraMiB: Int
    /// The weights' measured size in the native dtype, in GiB, if known.
    package let measuredWeightsGiB: Double?
    /// The figures without a source; empty if all have one.
    package let recalled: String
    package let reference: CatalogReference

    package init(
        name: String, parameters: Int, activeParameters: Int, experts: Experts?, embeddingParameters: Int = 0,
        mlpWidth: Int? = nil, fp8Block: Int? = nil, traits: Set<Trait> = [],
        firstRelease: Version? = nil, layers: Int, hidden: Int,
        attentionHeads: Int, kvHeads: Int, headDimension: Int, latentAttention: LatentAttention?, maxContext: Int,
        nativeDType: DType, slidingWindow: SlidingWindow?, mixedCache: MixedCache? = nil, extraMiB: Int,
        measuredWeightsGiB: Double?,
        recalled: String, reference: CatalogReference
    ) {
        self.name = name
        self.parameters = parameters
        self.activeParameters = activeParameters
        self.experts = experts
        self.embeddingParameters = embeddingParameters
        self.mlpWidth = mlpWidth
        self.fp8Block = fp8Block
        self.traits = traits
        self.firstRelease = firstRelease
        self.layers = layers
        self.hidden = hidden
        self.attentionHeads = attentionHeads
        self.kvHeads = kvHeads
        self.headDimension = headDimension
        self.latentAttention = latentAttention
        self.maxContext = maxContext
        self.nativeDType = nativeDType
        self.slidingWindow = slidingWindow
        self.mixedCache = mixedCache
        self.extraMiB = extraMiB
        self.measuredWeightsGiB = measuredWeightsGiB
        self.recalled = recalled
        self.reference = reference
    }
}
