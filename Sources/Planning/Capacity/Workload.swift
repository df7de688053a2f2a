import Diagnostics
import Groundwork

/// A model as the capacity equations see it: its architecture, number format, lengths and memory share.
///
/// A class, because every shape of the model refers to it.
package final class Workload: Sendable {
    package let architecture: ModelArchitecture
    /// The spec's own description of the architecture; nil where the catalog knows it.
    let described: ArchitectureSpec?
    package let dtype: Traced<DType>
    /// The number format of the KV cache.
    package let kvDType: Traced<DType>
    package let inputTokens: Traced<Int>
    package let outputTokens: Traced<Int>
    /// Share of the prompt that a prefix cache answers; nil where none is expected.
    ///
    /// It saves the computing of that share, not its memory.
    package let prefixHitRate: Traced<Double>?
    /// The longest sequence served, tokens.
    package let context: Traced<Int>
    /// Share of GPU memory that vLLM takes.
    package let memoryShare: Traced<Double>
    /// The release of vLLM that serves it.
    package let release: Version
    /// Tokens that one step computes at most, where the spec says so; nil means vLLM's own default for the GPU.
    package let batchedTokens: Traced<Int>?
    /// Whether its arguments ask for speculative decoding.
    package let isSpeculative: Bool
    /// The side of the blocks of weights that share a scale; nil where none do.
    package let scaleBlock: Traced<Int>?
    /// Whether vLLM turns the published weights into another number format while it loads them.
    package let isQuantized: Bool

    package init(
        architecture: ModelArchitecture, described: ArchitectureSpec? = nil, dtype: Traced<DType>,
        kvDType: Traced<DType>, inputTokens: Traced<Int>, outputTokens: Traced<Int>, prefixHitRate: Traced<Double>?,
        context: Traced<Int>, memoryShare: Traced<Double>, release: Version = Component.vLLM.assumed,
        batchedTokens: Traced<Int>? = nil,
        scaleBlock: Traced<Int>? = nil, isSpeculative: Bool = false, isQuantized: Bool = false
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
        self.isSpeculative = isSpeculative
        self.isQuantized = isQuantized
    }

    /// The same workload in another number format, into which vLLM turns the weights.
    func quantized(to dtype: Traced<DType>) -> Workload {
        Workload(
            architecture: architecture, described: described, dtype: dtype, kvDType: kvDType,
            inputTokens: inputTokens, outputTokens: outputTokens, prefixHitRate: prefixHitRate, context: context,
            memoryShare: memoryShare, release: release, batchedTokens: batchedTokens,
            isSpeculative: isSpeculative, isQuantized: true)
    }

    /// The same workload with another share of GPU memory.
    func taking(_ memoryShare: Traced<Double>) -> Workload {
        Workload(
            architecture: architecture, described: described, dtype: dtype, kvDType: kvDType,
            inputTokens: inputTokens, outputTokens: outputTokens, prefixHitRate: prefixHitRate, context: context,
            memoryShare: memoryShare, release: release, batchedTokens: batchedTokens, scaleBlock: scaleBlock,
            isSpeculative: isSpeculative, isQuantized: isQuantized)
    }

    package var isMixture: Bool { architecture.experts != nil }

    /// The fitted constants of its kind.
    package var fitted: FittedThresholds { isMixture ? .mixture : .dense }
}
