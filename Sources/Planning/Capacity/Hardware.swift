import Groundwork

extension InstanceType {
    /// Whether a word of the spec means this type: its name or its family.
    package func isNamed(_ word: String) -> Bool { word == name || word == family }
}

extension GPU {
    /// Whether serving measurements stand behind its figures.
    package var isMeasured: Bool { confidence == .measured }

    /// Dense teraflops in a number format; formats that the GPU only stores are computed in 16 bits.
    func teraflops<N: Arithmetic>(_ dtype: DType) -> N {
        func dense(_ format: String, _ value: Double) -> N {
            .given("dense \(format) compute", value, "TFLOP/s", .catalog(reference))
        }
        let sixteenBits = dense("16-bit", bf16TFLOPS)
        return switch dtype {
        case .bf16, .fp16, .int4: sixteenBits
        case .mxfp4: fp4TFLOPS.map { dense("FP4", $0) } ?? sixteenBits
        case .fp8: fp8TFLOPS.map { dense("FP8", $0) } ?? sixteenBits
        }
    }

    /// Whether vLLM keeps the KV cache in a number format on it: in 8 bits where the GPU computes with them, from Ada Lovelace on.
    package func caches(in dtype: DType) -> Bool { dtype != .fp8 || fp8TFLOPS != nil }

    /// Whether vLLM runs a number format on it: Volta and Turing know no bf16, and weight-only kernels start with Ampere.
    package func supports(_ dtype: DType) -> Bool {
        let isOld = architecture == "Volta" || architecture == "Turing"
        switch dtype {
        case .fp16: return true
        case .bf16, .fp8, .mxfp4, .int4: return !isOld
        }
    }
}

extension ModelArchitecture {
    /// The architecture that a spec describes itself.
    convenience init(_ spec: ArchitectureSpec, name: String) {
        let experts = spec.experts.map {
            Experts(count: $0.count.value, perToken: $0.perToken.value, parameters: $0.parameters.value)
        }
        // The one without the other was refused.
        let latent = spec.kvLoraRank.flatMap { rank in
            spec.ropeDimension.map { LatentAttention(rank: rank.value, ropeDimension: $0.value) }
        }
        self.init(
            name: name, parameters: spec.parameters.value,
            activeParameters: spec.activeParameters?.value ?? spec.parameters.value, experts: experts,
            layers: spec.layers.value, hidden: spec.hidden.value, attentionHeads: spec.attentionHeads.value,
            kvHeads: spec.kvHeads.value, headDimension: spec.headDimension.value, latentAttention: latent,
            maxContext: spec.maxContext.value, nativeDType: spec.dtype.value,
            slidingWindow: spec.slidingWindow.map { SlidingWindow(tokens: $0.value, layers: spec.layers.value) },
            extraMiB: 0, measuredWeightsGiB: nil, recalled: "",
            reference: CatalogReference(table: "the spec", row: name, source: "architecture, as the spec describes it"))
    }
}
