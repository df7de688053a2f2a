import Groundwork

extension Workload {
    /// GiB of KV cache for a sequence of a length, on all ranks together if no rank duplicates heads.
    package func kvCache<N: Arithmetic>(tokens: N) -> N { kvBytes(tokens: tokens) / .bytesPerGiB }

    /// GiB that a sequence of a length takes of the KV cache of a number of ranks: its KV cache, and its states of linear attention.
    ///
    /// The capacity counts the free memory of a rank once for each part of the KV cache. States are divided among all ranks.
    func sequenceCache<N: Arithmetic>(tokens: N, ranks: N) -> N {
        guard let states: N = stateBytes() else { return kvCache(tokens: tokens) }
        return (kvBytes(tokens: tokens) + states * kvShards(ranks) / ranks) / .bytesPerGiB
    }

    /// Bytes of the states of linear attention of one sequence; nil if there are none.
    func stateBytes<N: Arithmetic>(_: N.Type = N.self) -> N? {
        guard let mixed = architecture.mixedCache, mixed.stateBytes > 0 else { return nil }
        return .given(
            "states of linear attention per sequence", Double(mixed.stateBytes), "B",
            described?.cache?.stateBytes.origin ?? architectureOrigin)
    }

    /// The layers that attend to tokens through a KV cache.
    func attentionLayers<N: Arithmetic>(of layers: N) -> N {
        guard let mixed = architecture.mixedCache, mixed.layers != architecture.layers else { return layers }
        return mixedFigure("layers with a KV cache", "layers", mixed.layers, \.layers)
    }

    /// Bytes of KV cache for a sequence of a length.
    func kvBytes<N: Arithmetic>(tokens: N) -> N {
        let bytes: N = .given("bytes per KV element", .parameter(kvDType.value.size), "B")
        let elements = bytes * cacheElements(tokens.roundedUp)
        guard let mixed = architecture.mixedCache, mixed.indexBytes > 0 else { return elements }
        let index: N = mixedFigure("index bytes per token", "B", mixed.indexBytes, \.indexBytes)
        return elements + index * tokens.roundedUp
    }

    /// A figure of layers that are not all alike, from the catalog's row or the model's `config.json`.
    private func mixedFigure<N: Arithmetic>(
        _ name: String, _ unit: Unit, _ value: Int, _ figure: KeyPath<ModelConfig.Cache, Traced<Int>>
    ) -> N {
        .given(name, Double(value), unit, described?.cache.map { $0[keyPath: figure].origin } ?? architectureOrigin)
    }

    /// Elements of layers that are not all alike in the KV cache of one sequence.
    private func mixedElements<N: Arithmetic>(_ mixed: ModelArchitecture.MixedCache, _ tokens: N) -> N {
        let whole: N = mixedFigure("KV elements per token", "elements", mixed.elements, \.elements)
        guard mixed.windowElements > 0, let window = architecture.slidingWindow else { return whole * tokens }
        let kept: N = .given(
            "sliding window", Double(window.tokens), "tokens", described?.slidingWindow?.origin ?? architectureOrigin)
        let windowed: N = mixedFigure(
            "KV elements per token of layers with a sliding window", "elements", mixed.windowElements, \.windowElements)
        return whole * tokens + windowed * .minimum(tokens, kept)
    }

    /// Elements in the KV cache of one sequence at a length in tokens.
    private func cacheElements<N: Arithmetic>(_ tokens: N) -> N {
        if let mixed = architecture.mixedCache { return mixedElements(mixed, tokens) }
        let layers: N = figure("layers", architecture.layers) { $0.layers }
        guard let window = architecture.slidingWindow else { return layers * elementsPerLayer() * tokens }
        let origin = described?.slidingWindow?.origin ?? architectureOrigin
        let kept: N = .given("sliding window", Double(window.tokens), "tokens", origin)
        // A model that is described by its figures has a window in every layer or in none.
        guard window.layers < architecture.layers else {
            return layers * elementsPerLayer() * .minimum(tokens, kept)
        }
        let sliding: N = .given(
            "layers with a sliding window", Double(window.layers), "layers",
            described?.windowLayers?.origin ?? architectureOrigin)
        return ((layers - sliding) * tokens + sliding * .minimum(tokens, kept)) * elementsPerLayer()
    }

    /// Elements in the KV cache per layer and token.
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

    /// Among how many ranks the KV cache is divided: grouped heads up to their number; a compressed latent is duplicated on each.
    func kvShards<N: Arithmetic>(_ ranks: N) -> N {
        if architecture.latentAttention != nil {
            return .given("KV shards", 1, "ranks", .convention("a compressed latent is duplicated on each rank"))
        }
        return N.minimum(ranks, figure("KV heads", architecture.kvHeads) { $0.kvHeads }).named("KV shards", "ranks")
    }
}
