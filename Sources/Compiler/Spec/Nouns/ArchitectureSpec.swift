import Diagnostics

/// A model's shape, as its `config.json` has it.
package struct ArchitectureSpec: Sendable {
    package let parameters: Traced<Int>
    /// Parameters that one token touches; nil means all.
    package let activeParameters: Traced<Int>?
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
    package let range: SourceRange
}
