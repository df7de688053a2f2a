import Diagnostics

/// A model as the capacity equations see it: its architecture, number format, lengths and memory share.
///
/// A class, because every shape of the model refers to it.
package final class Workload: Sendable {
    package let architecture: ModelArchitecture
    package let architectureOrigin: Origin
    package let dtype: Traced<DType>
    /// The number format of the KV cache.
    package let kvDType: Traced<DType>
    package let inputTokens: Traced<Int>
    package let outputTokens: Traced<Int>
    /// Share of the prompt that a prefix cache answers: saves its computing, not its memory.
    package let prefixHitRate: Double
    /// The longest sequence served, tokens.
    package let context: Traced<Int>
    /// Share of GPU memory that vLLM takes.
    package let memoryShare: Traced<Double>
    /// Whether vLLM turns the published weights into another number format while it loads them.
    package let isQuantized: Bool

    package init(
        architecture: ModelArchitecture, architectureOrigin: Origin, dtype: Traced<DType>, kvDType: Traced<DType>,
        inputTokens: Traced<Int>, outputTokens: Traced<Int>, prefixHitRate: Double, context: Traced<Int>,
        memoryShare: Traced<Double>, isQuantized: Bool = false
    ) {
        self.architecture = architecture
        self.architectureOrigin = architectureOrigin
        self.dtype = dtype
        self.kvDType = kvDType
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.prefixHitRate = prefixHitRate
        self.context = context
        self.memoryShare = memoryShare
        self.isQuantized = isQuantized
    }

    /// The same workload in another number format, into which vLLM turns the weights.
    func quantized(to dtype: Traced<DType>) -> Workload {
        Workload(
            architecture: architecture, architectureOrigin: architectureOrigin, dtype: dtype, kvDType: kvDType,
            inputTokens: inputTokens, outputTokens: outputTokens, prefixHitRate: prefixHitRate, context: context,
            memoryShare: memoryShare, isQuantized: true)
    }
    /// Bytes per stored weight.
    package var bytesPerWeight: Double { dtype.value.bytes }
    /// All weights, GiB: as measured in the published format, else counted, with what stands beside the parameters.
    package var weights: Double {
        if let measured = architecture.measuredWeightsGiB, dtype.value == architecture.nativeDType { return measured }
        return Double(architecture.parameters) * bytesPerWeight / gibibyte + Double(architecture.extraMiB) / 1024
    }
    /// The weights of experts, GiB.
    package var expertWeights: Double {
        guard let experts = architecture.experts, architecture.parameters > 0 else { return 0 }
        return weights * Double(experts.parameters) / Double(architecture.parameters)
    }
    package var isMixture: Bool { architecture.experts != nil }

    /// The fitted constants of its kind.
    package var fitted: FittedThresholds { isMixture ? .mixture : .dense }

    /// Share of the experts that one sequence does not wake; nil where every step takes as long as reading all of them.
    ///
    /// Only the kernels for 4-bit experts were seen to gain from small batches: the measured runs of vLLM with experts in 8 bits
    /// (Qwen3-235B-A22B-FP8) take the same time from 7 to 48 sequences, and for other formats there are none.
    package var expertsAsleep: Double? {
        guard let experts = architecture.experts, dtype.value == .mxfp4 else { return nil }
        return 1 - Double(experts.perToken) / Double(experts.count)
    }

    /// GiB of KV cache that a sequence of a length takes, on all ranks together when no rank repeats another's heads.
    package func kvCache(tokens: Double) -> Double {
        kvDType.value.bytes * Double(architecture.cacheElements(tokens: Int(tokens.rounded(.up)))) / gibibyte
    }

    /// Over how many ranks the KV cache is spread: grouped heads up to their number; a compressed latent is repeated on each.
    package func kvShards(tensorParallel: Int) -> Double {
        architecture.latentAttention != nil ? 1 : Double(min(tensorParallel, architecture.kvHeads))
    }

    /// Whether the heads divide over the ranks.
    package func divides(by tensorParallel: Int) -> Bool {
        let heads = architecture.attentionHeads % tensorParallel == 0
        let kvHeads =
            architecture.latentAttention != nil || architecture.kvHeads % tensorParallel == 0
            || tensorParallel % architecture.kvHeads == 0
        return heads && kvHeads
    }
}

/// Bytes in a GiB.
let gibibyte = 1_073_741_824.0

extension DType {
    /// Bytes per weight: int4 and mxfp4 keep scales beside the weights, one for 128 and for 32 of them, and some layers whole.
    package var bytes: Double {
        switch self {
        case .bf16, .fp16: 2
        case .fp8: 1
        case .int4: 0.53
        case .mxfp4: 0.531
        }
    }
}
