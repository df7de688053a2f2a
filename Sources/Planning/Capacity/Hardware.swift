import Groundwork

extension InstanceType {
    /// Whether a name in the spec means this type: its own, its family's, or that of its GPU in the catalog or in Karpenter's label.
    package func isNamed(_ word: String) -> Bool {
        word == name || word == family || word == gpuID || word == gpuLabel
    }
}

extension GPU {
    /// Whether its figures are based on serving measurements.
    package var isMeasured: Bool { confidence == .measured }

    /// Dense teraflops in a dtype; a dtype that the GPU only stores is computed in 16 bits.
    func teraflops<N: Arithmetic>(_ dtype: DType, release: Version) -> N {
        func dense(_ format: String, _ value: Double) -> N {
            .given("dense \(format) compute", value, "TFLOP/s", .catalog(reference))
        }
        let sixteenBits = dense("16-bit", bf16TFLOPS)
        guard runs(dtype, release: release)?.computes == .native else { return sixteenBits }
        return switch dtype {
        case .bf16, .fp16, .int4: sixteenBits
        case .mxfp4: fp4TFLOPS.map { dense("FP4", $0) } ?? sixteenBits
        case .fp8: fp8TFLOPS.map { dense("FP8", $0) } ?? sixteenBits
        }
    }
}

extension ModelArchitecture {
    /// The architecture that a spec describes itself.
    convenience init(_ spec: ArchitectureSpec, name: String) {
        let experts = spec.experts.map {
            Experts(
                count: $0.count.value, perToken: $0.perToken.value, parameters: $0.parameters.value,
                width: $0.width?.value ?? impliedWidth(of: $0, spec))
        }
        // The one without the other was rejected.
        let latent = spec.kvLoraRank.flatMap { rank in
            spec.ropeDimension.map { LatentAttention(rank: rank.value, ropeDimension: $0.value) }
        }
        self.init(
            name: name, parameters: spec.parameters.value,
            activeParameters: spec.activeParameters?.value ?? spec.parameters.value, experts: experts,
            embeddingParameters: spec.embeddingParameters?.value
                ?? 2 * (spec.vocabulary?.value ?? 0) * spec.hidden.value, mlpWidth: spec.mlpWidth?.value,
            fp8Block: spec.isFromConfig
                ? spec.fp8Block?.value : experts == nil ? nil : Int(Defaults.fp8Block.value),
            traits: spec.traits,
            layers: spec.layers.value, hidden: spec.hidden.value, attentionHeads: spec.attentionHeads.value,
            kvHeads: spec.kvHeads.value, headDimension: spec.headDimension.value, latentAttention: latent,
            maxContext: spec.maxContext.value, nativeDType: spec.dtype.value,
            slidingWindow: spec.slidingWindow.map {
                SlidingWindow(tokens: $0.value, layers: (spec.windowLayers ?? spec.layers).value)
            },
            mixedCache: spec.cache.map {
                MixedCache(
                    layers: $0.layers.value, elements: $0.elements.value, windowElements: $0.windowElements.value,
                    indexBytes: $0.indexBytes.value, stateBytes: $0.stateBytes.value)
            },
            extraMiB: spec.additionalMiB?.value ?? 0, measuredWeightsGiB: nil, recalled: "",
            reference: CatalogReference(table: "the spec", row: name, source: "`architecture` of the model"))
    }
}

/// The width of one expert that its parameters imply; nil if it is not a usual one.
///
/// An expert is three matrices of hidden size × width in each layer. Widths are multiples of 64; a description that rounds its parameters,
/// or has layers without experts, gives a number between two of them.
private func impliedWidth(of experts: ExpertsSpec, _ spec: ArchitectureSpec) -> Int? {
    let matrices = 3.0 * Double(spec.hidden.value) * Double(spec.layers.value) * Double(experts.count.value)
    let width = Double(experts.parameters.value) / matrices
    let step = Thresholds.widthStep.value
    let usual = (width / step).rounded() * step
    return usual > 0 && abs(width / usual - 1) < Thresholds.widthTolerance.value ? Int(usual) : nil
}
