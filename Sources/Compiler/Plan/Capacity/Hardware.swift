extension InstanceType {
    /// Whether a word of the spec means this type: its name or its family.
    package func isNamed(_ word: String) -> Bool { word == name || word == family }
}

extension GPU {
    /// Memory that a process may use, GiB.
    package var memoryGiB: Double { Double(usableMiB) / 1024 }

    /// Whether serving measurements stand behind its figures.
    package var isMeasured: Bool { confidence == .measured }

    /// Gigabytes per second and direction between its ranks: NVLink, else PCIe.
    package var linkBandwidth: Double { nvlinkGBps ?? Thresholds.pcieBandwidth.value }

    /// Dense teraflops in a number format; formats that the GPU only stores are computed in 16 bits.
    package func teraflops(_ dtype: DType) -> Double {
        switch dtype {
        case .bf16, .fp16, .int4: bf16TFLOPS
        case .mxfp4: fp4TFLOPS ?? bf16TFLOPS
        case .fp8: fp8TFLOPS ?? bf16TFLOPS
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
        let latent = spec.kvLoraRank.map {
            LatentAttention(rank: $0.value, ropeDimension: spec.ropeDimension?.value ?? 64)
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
