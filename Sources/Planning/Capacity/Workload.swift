import Diagnostics
import Groundwork

/// A model for the capacity equations: its architecture, dtype, lengths and memory share.
///
/// A class, because every candidate of the model refers to it.
package final class Workload: Sendable {
    package let architecture: ModelArchitecture
    /// The spec's own description of the architecture; nil if the catalog has it.
    let described: ArchitectureSpec?
    package let dtype: Traced<DType>
    /// The dtype of the KV cache.
    package let kvDType: Traced<DType>
    package let inputTokens: Traced<Int>
    /// Nil for a model that generates no tokens.
    package let outputTokens: Traced<Int>?
    /// Share of the prompt that hits the prefix cache; nil if none is expected.
    ///
    /// It saves the compute for that share, not its memory.
    package let prefixHitRate: Traced<Double>?
    /// The longest sequence served, tokens.
    package let context: Traced<Int>
    /// Share of GPU memory that vLLM uses.
    package let memoryShare: Traced<Double>
    /// The release of vLLM that serves it.
    package let release: Version
    /// The most tokens that one step computes, if the spec sets it; nil means vLLM's default for the GPU.
    package let batchedTokens: Traced<Int>?
    /// The images of requests, whose tokens are part of the input tokens; nil if there are none.
    package let images: ImageLoad?
    /// Whether its arguments enable speculative decoding.
    package let isSpeculative: Bool
    /// The side of the blocks of weights that share a scale; nil if none do.
    package let scaleBlock: Traced<Int>?
    /// Whether vLLM converts the published weights to another dtype while loading them.
    package let isQuantized: Bool

    package init(
        architecture: ModelArchitecture, described: ArchitectureSpec? = nil, dtype: Traced<DType>,
        kvDType: Traced<DType>, inputTokens: Traced<Int>, outputTokens: Traced<Int>?, prefixHitRate: Traced<Double>?,
        context: Traced<Int>, memoryShare: Traced<Double>, release: Version = Component.vLLM.assumed,
        batchedTokens: Traced<Int>? = nil,
        scaleBlock: Traced<Int>? = nil, images: ImageLoad? = nil, isSpeculative: Bool = false,
        isQuantized: Bool = false
    ) {
        self.architecture = architecture
        self.described = described
        self.dtype = dtype
        self.kvDType = kvDType
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.prefixHitRate = prefixHitRate
        self.context = context
        self.memoryShare = memoryShare
        self.release = release
        self.batchedTokens = batchedTokens
        self.scaleBlock = scaleBlock
        self.images = images
        self.isSpeculative = isSpeculative
        self.isQuantized = isQuantized
    }

    /// The same workload in another dtype, to which vLLM converts the weights.
    func quantized(to dtype: Traced<DType>) -> Workload {
        Workload(
            architecture: architecture, described: described, dtype: dtype, kvDType: kvDType,
            inputTokens: inputTokens, outputTokens: outputTokens, prefixHitRate: prefixHitRate, context: context,
            memoryShare: memoryShare, release: release, batchedTokens: batchedTokens,
            images: images, isSpeculative: isSpeculative, isQuantized: true)
    }

    /// The same workload with another share of GPU memory.
    func taking(_ memoryShare: Traced<Double>) -> Workload {
        Workload(
            architecture: architecture, described: described, dtype: dtype, kvDType: kvDType,
            inputTokens: inputTokens, outputTokens: outputTokens, prefixHitRate: prefixHitRate, context: context,
            memoryShare: memoryShare, release: release, batchedTokens: batchedTokens, scaleBlock: scaleBlock,
            images: images, isSpeculative: isSpeculative, isQuantized: isQuantized)
    }

    /// Whether it generates tokens, rather than one result from a whole prompt.
    package var generates: Bool { outputTokens != nil }

    /// Whether it keeps keys and values of a prompt: one in which each token attends to all others is computed at once.
    package var keepsCache: Bool { !architecture.traits.contains(.bidirectional) }

    package var isMoE: Bool { architecture.experts != nil }

    /// The fitted constants of its kind.
    package var fitted: FittedThresholds { isMoE ? .moe : .dense }
}
