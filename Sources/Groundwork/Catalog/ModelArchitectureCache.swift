extension ModelArchitecture {
    /// Elements in the KV cache per layer and token.
    package var cacheElementsPerLayer: Int {
        latentAttention.map { $0.rank + $0.ropeDimension } ?? 2 * kvHeads * headDimension
    }

    /// Elements of all layers per token while no sliding window is full.
    package var cacheElementsPerToken: Int {
        if traits.contains(.bidirectional) { return 0 }
        return mixedCache.map { $0.elements + $0.windowElements } ?? layers * cacheElementsPerLayer
    }

    /// Elements in the KV cache of one sequence at a length in tokens.
    package func cacheElements(tokens: Int) -> Int {
        if let mixedCache {
            let kept = slidingWindow.map { min(tokens, $0.tokens) } ?? 0
            return mixedCache.elements * tokens + mixedCache.windowElements * kept
        }
        guard let window = slidingWindow else { return cacheElementsPerToken * tokens }
        let whole = (layers - window.layers) * tokens
        let windowed = window.layers * min(tokens, window.tokens)
        return (whole + windowed) * cacheElementsPerLayer
    }

    /// Bytes in the KV cache per token at 16 or 8 bits per element, while no sliding window is full.
    package func cacheBytesPerToken(eightBits: Bool) -> Int {
        cacheElementsPerToken * (eightBits ? 1 : 2) + (mixedCache?.indexBytes ?? 0)
    }
}
