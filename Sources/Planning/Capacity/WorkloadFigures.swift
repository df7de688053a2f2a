import Groundwork

extension Workload {
    /// All weights, GiB: as measured in the published format, else counted, with what stands beside the parameters.
    package func weights<N: Arithmetic>(_: N.Type = N.self) -> N {
        if dtype.value == architecture.nativeDType, let measured = measuredWeights(N.self) { return measured }
        return weights(in: dtype.value)
    }

    /// The weights as they are published, GiB.
    func publishedWeights<N: Arithmetic>(_: N.Type = N.self) -> N {
        measuredWeights() ?? weights(in: architecture.nativeDType)
    }

    /// The weights that are read at the start, GiB: vLLM turns published ones into another format only then.
    func loadedWeights<N: Arithmetic>(_: N.Type = N.self) -> N { isQuantized ? publishedWeights() : weights() }

    /// The measured size of the published weights, GiB.
    private func measuredWeights<N: Arithmetic>(_: N.Type = N.self) -> N? {
        architecture.measuredWeightsGiB.map { .given("weights as measured", $0, "GiB", architectureOrigin) }
    }

    /// Parameters in a number format, with what stands beside them, GiB.
    func weights<N: Arithmetic>(in format: DType) -> N {
        let bytes = N.given(format.size)
        let counted = figure("parameters", architecture.parameters) { $0.parameters } * bytes / .bytesPerGiB
        guard architecture.extraMiB > 0 else { return counted.named("weights", "GiB") }
        let extra: N = .given("weights beside the parameters", Double(architecture.extraMiB), "MiB", architectureOrigin)
        return (counted + extra / .mebibytesPerGiB).named("weights", "GiB")
    }

    /// The weights of experts, GiB; nil for a dense model.
    func expertWeights<N: Arithmetic>(_: N.Type = N.self) -> N? {
        guard let experts = architecture.experts, architecture.parameters > 0 else { return nil }
        let parameters: N = .given(
            "parameters of experts", Double(experts.parameters), "parameters",
            described?.experts?.parameters.origin ?? architectureOrigin)
        return (weights() * parameters / figure("parameters", architecture.parameters) { $0.parameters })
            .named("weights of experts", "GiB")
    }

    /// Share of the experts that one sequence does not wake; nil where every step takes as long as reading all of them.
    ///
    /// Only the kernels for 4-bit experts were seen to gain from small batches: the measured runs of vLLM with experts in 8 bits
    /// (Qwen3-235B-A22B-FP8) take the same time from 7 to 48 sequences, and for other formats there are none.
    func idleExperts<N: Arithmetic>(_: N.Type = N.self) -> N? {
        guard let experts = architecture.experts, dtype.value == .mxfp4 else { return nil }
        let active: N = .given(
            "experts per token", Double(experts.perToken), "experts",
            described?.experts?.perToken.origin ?? architectureOrigin)
        let all: N = .given(
            "experts", Double(experts.count), "experts", described?.experts?.count.origin ?? architectureOrigin)
        return (1 - active / all).named("share of experts that one token does not use", "ratio")
    }

    /// GiB of KV cache that a sequence of a length takes, on all ranks together when no rank repeats another's heads.
    package func kvCache<N: Arithmetic>(tokens: N) -> N { kvBytes(tokens: tokens) / .bytesPerGiB }

    /// Bytes of KV cache that a sequence of a length takes.
    func kvBytes<N: Arithmetic>(tokens: N) -> N {
        let bytes: N = .given("bytes per KV element", .parameter(kvDType.value.size), "B")
        return bytes * cacheElements(tokens.roundedUp)
    }

    /// Elements that the KV cache of one sequence holds at a length in tokens.
    private func cacheElements<N: Arithmetic>(_ tokens: N) -> N {
        let layers: N = figure("layers", architecture.layers) { $0.layers }
        guard let window = architecture.slidingWindow else { return layers * elementsPerLayer() * tokens }
        let origin = described?.slidingWindow?.origin ?? architectureOrigin
        let kept: N = .given("sliding window", Double(window.tokens), "tokens", origin)
        // A described model with a window has it in every layer.
        guard window.layers < architecture.layers else {
            return layers * elementsPerLayer() * .minimum(tokens, kept)
        }
        let sliding: N = .given("layers with a sliding window", Double(window.layers), "layers", origin)
        return ((layers - sliding) * tokens + sliding * .minimum(tokens, kept)) * elementsPerLayer()
    }

    /// Elements that one layer keeps in the KV cache per token.
    private func elementsPerLayer<N: Arithmetic>() -> N {
        guard let latent = architecture.latentAttention else {
            return 2 * figure("KV heads", architecture.kvHeads) { $0.kvHeads }
                * figure("head dimension", architecture.headDimension) { $0.headDimension }
        }
        let rank: N = .given(
            "KV LoRA rank", Double(latent.rank), "elements", described?.kvLoraRank?.origin ?? architectureOrigin)
        let rope: N = .given(
            "RoPE dimension", Double(latent.ropeDimension), "elements",
            described?.ropeDimension?.origin ?? architectureOrigin)
        return rank + rope
    }

    /// Over how many ranks the KV cache is spread: grouped heads up to their number; a compressed latent is repeated on each.
    func kvShards<N: Arithmetic>(_ ranks: N) -> N {
        if architecture.latentAttention != nil {
            return .given("KV shards", 1, "ranks", .convention("a compressed latent is repeated on each rank"))
        }
        return N.minimum(ranks, figure("KV heads", architecture.kvHeads) { $0.kvHeads }).named("KV shards", "ranks")
    }

    /// A number of the architecture, from the catalog's row or the spec's own description.
    func figure<N: Arithmetic>(_ name: String, _ value: Int, _ field: (ArchitectureSpec) -> Traced<Int>) -> N {
        .given(name, Double(value), "1", described.map { field($0).origin } ?? architectureOrigin)
    }

    /// Where figures of the architecture come from that a spec's description does not name one by one.
    var architectureOrigin: Origin { described?.parameters.origin ?? .catalog(architecture.reference) }
}

extension Arithmetic {
    /// Bytes in a GiB.
    static var bytesPerGiB: Self { .constant(gibibyte, "B/GiB") }
    /// MiB in a GiB.
    static var mebibytesPerGiB: Self { .constant(1024, "MiB/GiB") }
}

/// Bytes in a GiB.
let gibibyte = 1_073_741_824.0
