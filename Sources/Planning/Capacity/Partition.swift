import Groundwork

/// Why vLLM cannot divide a model's weights among a number of GPUs.
package enum PartitionFault: Sendable, Hashable {
    /// A part of the weights that is divided.
    package enum Part: Sendable {
        case experts, mlp, attention

        /// Its name in a sentence.
        var words: String {
            switch self {
            case .experts: "the experts"
            case .mlp: "the feed-forward layers"
            case .attention: "the attention heads"
            }
        }
    }

    /// The attention heads or the KV heads do not divide evenly.
    case heads
    /// The part of a width per GPU is not a multiple of the block that shares a scale.
    case width(Part, width: Int, block: Int)
    /// The experts do not divide evenly.
    case experts(Int)
    /// The vocabulary does not divide evenly.
    case vocabulary
}

extension Workload {
    /// Why the weights cannot be divided among a number of ranks; nil if they can.
    ///
    /// vLLM checks the same when it creates the weights: `fp8.py` and `fp8_utils.py` for blocks of FP8, the kernels of AWQ, GPTQ and
    /// compressed-tensors for groups of int4. MXFP4 is padded, and so has no such limit.
    func partitionFault(over ranks: Int, on gpu: GPU, expertParallel: Bool) -> PartitionFault? {
        guard dividesHeads(by: ranks) else { return .heads }
        guard dividesVocabulary(by: ranks) else { return .vocabulary }
        if let experts = architecture.experts {
            if expertParallel {
                guard experts.count.isMultiple(of: ranks) else { return .experts(experts.count) }
            } else if let width = experts.width, !divides(width, over: ranks, in: block(ofExperts: width, ranks, gpu)) {
                return .width(.experts, width: width, block: block(ofExperts: width, ranks, gpu))
            }
        }
        if let width = architecture.mlpWidth, !divides(width, over: ranks, in: block) {
            return .width(.mlp, width: width, block: block)
        }
        let attention = architecture.attentionHeads * architecture.headDimension
        if architecture.latentAttention == nil, block > 1, !divides(attention, over: ranks, in: block) {
            return .width(.attention, width: attention, block: block)
        }
        return nil
    }

    /// A width that is divided, with where it comes from.
    func traced(_ part: PartitionFault.Part, _ width: Int) -> Traced<Int> {
        guard let described else { return Traced(width, .catalog(architecture.reference)) }
        switch part {
        case .experts:
            return described.experts?.width
                ?? Traced(
                    width, .convention("the width of three matrices per layer that the expert parameters imply"))
        case .mlp: return described.mlpWidth ?? Traced(width, .convention("the width of layers without experts"))
        case .attention:
            return Traced<Int>(
                described.attentionHeads.named("attention heads", "1")
                    * described.headDimension.named("head dimension", "1"))
        }
    }

    /// Whether the weights divide evenly among this many ranks on some GPU, with experts as the spec sets them.
    func loads(over ranks: Int, _ model: ModelSpec) -> Bool {
        let expertParallel = model.gpu.expertParallel?.value ?? false
        return Catalog.gpus.contains {
            partitionFault(over: ranks, on: $0, expertParallel: expertParallel) == nil
        }
    }

    /// The side of the blocks of weights that share a scale; 1 if none do.
    private var block: Int { scaleBlock?.value ?? 1 }

    private func divides(_ width: Int, over ranks: Int, in block: Int) -> Bool {
        width.isMultiple(of: ranks) && (ranks == 1 || (width / ranks).isMultiple(of: block))
    }

    /// The block that the parts of an expert must be a multiple of: vLLM spreads scales over smaller ones if that helps.
    ///
    /// The kernels of int4 experts halve the groups, down to the minimum. Newer releases do so in FP8, if kernels compute in it.
    private func block(ofExperts width: Int, _ ranks: Int, _ gpu: GPU) -> Int {
        let least = Int(Thresholds.leastScaleBlock.value)
        if dtype.value == .int4 { return min(block, least) }
        guard dtype.value == .fp8, Component.vLLM.offers(.fineExpertBlocks, at: release), width.isMultiple(of: ranks),
            gpu.runs(.fp8, release: release)?.computes == .native
        else { return block }
        let shared = greatestCommonDivisor(greatestCommonDivisor(block, width / ranks), architecture.hidden)
        return shared >= least ? shared : block
    }

    /// Whether the vocabulary, which vLLM rounds up to a multiple of 64, divides evenly among the ranks: it does for any power of two.
    private func dividesVocabulary(by ranks: Int) -> Bool {
        let odd = ranks >> ranks.trailingZeroBitCount
        guard odd > 1, architecture.embeddingParameters > 0, architecture.hidden > 0 else { return true }
        return (architecture.embeddingParameters / architecture.hidden).isMultiple(of: odd)
    }

    /// Whether the heads divide evenly among the ranks.
    private func dividesHeads(by ranks: Int) -> Bool {
        let heads = architecture.attentionHeads.isMultiple(of: ranks)
        let kvHeads =
            architecture.latentAttention != nil || architecture.kvHeads.isMultiple(of: ranks)
            || ranks.isMultiple(of: architecture.kvHeads)
        return heads && kvHeads
    }
}

extension Workload {
    /// Whether vLLM runs its weights on a GPU: in their dtype, and in a 16-bit one that the model supports.
    func runs(on gpu: GPU) -> Bool {
        guard gpu.runs(dtype.value, release: release) != nil else { return false }
        let needsFloat16 = dtype.value == .fp16 || gpu.runs(.bf16, release: release) == nil
        return !(needsFloat16 && architecture.traits.contains(.bfloat16Only))
    }

    /// Whether vLLM keeps its KV cache in 8 bits on a GPU.
    func cachesInEightBits(on gpu: GPU) -> Bool {
        let isSpecial = architecture.latentAttention != nil || architecture.traits.contains(.attentionSinks)
        return gpu.runs(.fp8, isSpecial ? .latentCache : .cache, release: release) != nil
    }
}

private func greatestCommonDivisor(_ one: Int, _ other: Int) -> Int {
    other == 0 ? one : greatestCommonDivisor(other, one % other)
}

/// The side of the blocks of weights that share a scale, in the dtype that a model is loaded in; nil if none do.
///
/// The publisher of the weights chose it: the catalog has it for the model's own publisher, and others scale FP8 by channel or tensor.
func scaleBlock(_ model: ModelSpec, _ format: DType, _ architecture: ModelArchitecture, isConverted: Bool)
    -> Traced<Int>?
{
    guard !isConverted else { return nil }
    switch format {
    case .bf16, .fp16, .mxfp4: return nil
    case .int4:
        if let own = model.weights.blockSize { return own }
        return architecture.traits.contains(.paddedInt4) && isPublishersOwn(model)
            ? nil : Traced<Int>(Thresholds.int4Group.reasoned)
    case .fp8:
        if let own = model.weights.blockSize { return own }
        if case .huggingFace = model.weights.from.value, !isPublishersOwn(model) { return nil }
        if model.architecture != nil {
            if let own = model.architecture?.fp8Block { return own }
            return architecture.fp8Block == nil ? nil : Traced<Int>(Defaults.fp8Block.reasoned)
        }
        return architecture.fp8Block.map { Traced($0, .catalog(architecture.reference)) }
    }
}

/// Whether weights come from the organization that published the model.
private func isPublishersOwn(_ model: ModelSpec) -> Bool {
    guard case .huggingFace(let repository) = model.weights.from.value else { return false }
    return owner(of: repository) == owner(of: model.source.value)
}

/// The organization of a repository on Hugging Face.
private func owner(of repository: String) -> Substring { repository.prefix { $0 != "/" } }
