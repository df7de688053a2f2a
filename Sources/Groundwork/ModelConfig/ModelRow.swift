import Diagnostics

extension ModelArchitecture {
    /// The architecture that a `config.json` describes, under the name of its model.
    package convenience init(_ config: ModelConfig, name: String, source: String) {
        let latent = config.kvLoraRank.flatMap { rank in
            config.ropeDimension.map { LatentAttention(rank: rank.value, ropeDimension: $0.value) }
        }
        self.init(
            name: name, parameters: config.parameters.value, activeParameters: config.activeParameters.value,
            experts: config.experts.map {
                Experts(
                    count: $0.count.value, perToken: $0.perToken.value, parameters: $0.parameters.value,
                    width: $0.width.value)
            }, embeddingParameters: config.embeddingParameters.value, mlpWidth: config.mlpWidth?.value,
            fp8Block: config.fp8Block?.value, traits: config.traits, firstRelease: config.firstRelease,
            layers: config.layers.value, hidden: config.hidden.value, attentionHeads: config.attentionHeads.value,
            kvHeads: config.kvHeads.value, headDimension: config.headDimension.value, latentAttention: latent,
            maxContext: config.maxContext.value, nativeDType: config.dtype.value,
            slidingWindow: config.slidingWindow.map {
                SlidingWindow(tokens: $0.value, layers: (config.windowLayers ?? config.layers).value)
            },
            mixedCache: config.cache.map {
                MixedCache(
                    layers: $0.layers.value, elements: $0.elements.value, windowElements: $0.windowElements.value,
                    indexBytes: $0.indexBytes.value, stateBytes: $0.stateBytes.value)
            }, extraMiB: config.additionalMiB?.value ?? 0, measuredWeightsGiB: nil, recalled: "",
            reference: CatalogReference(table: "model-architectures.csv", row: name, source: source))
    }

    /// Its row of `model-architectures.csv`, in which a comma becomes a semicolon.
    package var row: String {
        func text(_ value: Int?) -> String { value.map(String.init) ?? "" }
        let mixed = mixedCache
        let fields: [String] = [
            name, text(parameters), text(activeParameters), text(layers), text(hidden), text(attentionHeads),
            text(kvHeads), text(headDimension), text(maxContext), nativeDType.rawValue, text(experts?.count),
            text(experts?.perToken), text(experts?.parameters), text(embeddingParameters), text(mlpWidth),
            text(experts?.width), text(fp8Block), traits.map(\.rawValue).sorted().joined(separator: " "),
            firstRelease?.text ?? "", text(latentAttention?.rank), text(latentAttention?.ropeDimension),
            text(slidingWindow?.tokens), text(slidingWindow?.layers), text(mixed?.layers), text(mixed?.elements),
            text(mixed?.windowElements), text(mixed?.indexBytes), text(mixed?.stateBytes),
            extraMiB == 0 ? "" : text(extraMiB), measuredWeightsGiB.map { "\($0)" } ?? "", recalled, reference.source,
        ]
        return fields.map { $0.replacing(",", with: ";").replacing("\"", with: "'") }.joined(separator: ",")
    }
}
