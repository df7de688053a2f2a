extension ModelArchitecture {
    /// Reads the table of models.
    static func load() -> [ModelArchitecture] {
        let columns = [
            "model", "parameters", "active", "layers", "hidden", "heads", "kv-heads", "head-dimension", "context",
            "dtype", "experts", "experts-per-token", "expert-parameters", "embedding-parameters", "mlp-width",
            "expert-width", "fp8-block", "traits", "vllm", "kv-lora-rank", "rope-dimension", "window",
            "window-layers", "attention-layers", "cache-elements", "window-elements", "index-bytes", "state-bytes",
            "extra-mib", "weights-gib", "recalled", "source",
        ]
        return scan("model-architectures", columns: columns) { row in
            let name = row.text()
            let (parameters, active) = (row.integer(), row.integer())
            let (layers, hidden) = (row.integer(), row.integer())
            let (heads, kvHeads, headDimension) = (row.integer(), row.integer(), row.integer())
            let (context, dtype) = (row.integer(), row.word(DType.self))
            let experts = experts(&row)
            let (embedding, mlpWidth) = (row.integer(), row.integer(orEmpty: ()))
            let (expertWidth, fp8Block) = (row.integer(orEmpty: ()), row.integer(orEmpty: ()))
            let traits = Set(row.words().map { row.meant(Trait.self, by: $0) })
            let release = row.text()
            let firstRelease = Version(release)
            if firstRelease == nil, !release.isEmpty { row.fail("`\(release)` is not a version") }
            return ModelArchitecture(
                name: name, parameters: parameters, activeParameters: active,
                experts: experts.map {
                    Experts(count: $0.count, perToken: $0.perToken, parameters: $0.parameters, width: expertWidth)
                }, embeddingParameters: embedding, mlpWidth: mlpWidth, fp8Block: fp8Block, traits: traits,
                firstRelease: firstRelease, layers: layers,
                hidden: hidden, attentionHeads: heads, kvHeads: kvHeads, headDimension: headDimension,
                latentAttention: latentAttention(&row), maxContext: context, nativeDType: dtype,
                slidingWindow: slidingWindow(&row), mixedCache: mixedCache(&row),
                extraMiB: row.integer(orEmpty: ()) ?? 0,
                measuredWeightsGiB: row.number(orEmpty: ()), recalled: row.text(),
                reference: row.reference(name, source: row.text()))
        }
    }

    private static func experts(_ row: inout RowScanner) -> (count: Int, perToken: Int, parameters: Int)? {
        let (count, perToken) = (row.integer(orEmpty: ()), row.integer(orEmpty: ()))
        let parameters = row.integer(orEmpty: ())
        guard let count else { return nil }
        guard let perToken, let parameters else { row.fail("the description of experts is incomplete") }
        return (count, perToken, parameters)
    }

    private static func latentAttention(_ row: inout RowScanner) -> LatentAttention? {
        let (rank, ropeDimension) = (row.integer(orEmpty: ()), row.integer(orEmpty: ()))
        guard let rank else { return nil }
        guard let ropeDimension else { row.fail("the description of latent attention is incomplete") }
        return LatentAttention(rank: rank, ropeDimension: ropeDimension)
    }

    private static func mixedCache(_ row: inout RowScanner) -> MixedCache? {
        let layers = row.integer(orEmpty: ())
        let figures = (0..<4).map { _ in row.integer(orEmpty: ()) ?? 0 }
        return layers.map {
            MixedCache(
                layers: $0, elements: figures[0], windowElements: figures[1], indexBytes: figures[2],
                stateBytes: figures[3])
        }
    }

    private static func slidingWindow(_ row: inout RowScanner) -> SlidingWindow? {
        let (tokens, layers) = (row.integer(orEmpty: ()), row.integer(orEmpty: ()))
        guard let tokens else { return nil }
        guard let layers else { row.fail("the description of a sliding window is incomplete") }
        return SlidingWindow(tokens: tokens, layers: layers)
    }
}
