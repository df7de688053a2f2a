import Diagnostics

/// A model as its `config.json` describes it, each figure with the keys that it comes from.
package struct ModelConfig: Sendable {
    /// The KV cache of layers that are not all alike, all layers together.
    package struct Cache: Sendable {
        /// The number of layers that attend to tokens through a KV cache.
        package let layers: Traced<Int>
        /// Elements per token of the layers that keep the whole context.
        package let elements: Traced<Int>
        /// Elements per token of the layers with a sliding window.
        package let windowElements: Traced<Int>
        /// Bytes per token of the index of sparse attention.
        package let indexBytes: Traced<Int>
        /// Bytes per sequence of states that do not grow.
        package let stateBytes: Traced<Int>
    }

    package let range: SourceRange
    package let parameters: Traced<Int>
    /// Parameters that one token uses.
    package let activeParameters: Traced<Int>
    package let experts: ConfigExperts?
    package let vocabulary: Traced<Int>
    /// Parameters of the embedding and the output head.
    package let embeddingParameters: Traced<Int>
    package let mlpWidth: Traced<Int>?
    package let layers: Traced<Int>
    package let hidden: Traced<Int>
    package let attentionHeads: Traced<Int>
    package let kvHeads: Traced<Int>
    package let headDimension: Traced<Int>
    package let kvLoraRank: Traced<Int>?
    package let ropeDimension: Traced<Int>?
    /// The tokens that a layer with a sliding window keeps; nil if no layer has one.
    package let slidingWindow: Traced<Int>?
    package let windowLayers: Traced<Int>?
    /// Nil if all layers that attend have heads of the same number and dimension.
    package let cache: Cache?
    package let maxContext: Traced<Int>
    package let dtype: Traced<DType>
    package let fp8Block: Traced<Int>?
    /// Additional weights in MiB, such as a vision tower; nil if there are none.
    package let additionalMiB: Traced<Int>?
    /// The encoder of images; nil if there is none.
    package let encoder: ConfigEncoder?
    package let traits: Set<ModelArchitecture.Trait>
    package let firstRelease: Version?
}
