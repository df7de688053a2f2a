/// The models of the catalog as a table: what decides memory and speed, one line each.
package func modelTable(_ models: [ModelArchitecture]) -> String {
    let heads = [
        "model", "task", "parameters", "active", "layers", "KV B/token", "8-bit KV", "context", "dtype", "source",
    ]
    let rows = models.map { model in
        [
            model.name, model.task.rawValue, rounded(model.parameters), rounded(model.activeParameters),
            "\(model.layers)",
            "\(model.cacheBytesPerToken(eightBits: false))", "\(model.cacheBytesPerToken(eightBits: true))",
            "\(model.maxContext)", model.nativeDType.rawValue, model.reference.source,
        ]
    }
    let widths = heads.indices.map { column in ([heads] + rows).map { $0[column].count }.max() ?? 0 }
    return ([heads] + rows).map { row in
        let cells = row.enumerated().map { column, text in
            let space = String(repeating: " ", count: widths[column] - text.count)
            let isText = column < 2 || column > 7
            return column == heads.count - 1 ? text : isText ? text + space : space + text
        }
        return cells.joined(separator: "  ") + "\n"
    }.joined()
}

extension ModelArchitecture {
    /// Everything that the catalog knows of the model, a line for each figure.
    package var description: String {
        var lines: [(String, String)] = [
            ("model", name), ("task", task.rawValue), ("parameters", "\(parameters)"),
            ("active parameters", "\(activeParameters)"),
            ("layers", "\(layers)"), ("hidden size", "\(hidden)"), ("attention heads", "\(attentionHeads)"),
            ("KV heads", "\(kvHeads)"), ("head dimension", "\(headDimension)"),
        ]
        if let experts {
            lines += [
                ("experts", "\(experts.count), of which a token uses \(experts.perToken)"),
                ("expert parameters", "\(experts.parameters)"),
            ]
        }
        if let latentAttention {
            lines.append(("latent attention", "\(latentAttention.rank) + \(latentAttention.ropeDimension) elements"))
        }
        if let slidingWindow {
            lines.append(("sliding window", "\(slidingWindow.tokens) tokens in \(slidingWindow.layers) layers"))
        }
        if let mixedCache {
            lines.append(("layers with a KV cache", "\(mixedCache.layers)"))
            if mixedCache.stateBytes > 0 { lines.append(("states per sequence", "\(mixedCache.stateBytes) B")) }
        }
        lines += [
            ("KV cache per token", "\(cacheBytesPerToken(eightBits: false)) B in 16 bits"),
            ("", "\(cacheBytesPerToken(eightBits: true)) B in 8 bits"), ("context", "\(maxContext) tokens"),
            ("dtype", nativeDType.rawValue),
        ]
        if extraMiB > 0 { lines.append(("additional weights", "\(extraMiB) MiB")) }
        if let measuredWeightsGiB { lines.append(("measured weights", "\(measuredWeightsGiB) GiB")) }
        if let firstRelease { lines.append(("vLLM", "\(firstRelease.text) or later")) }
        if !recalled.isEmpty { lines.append(("without a source", recalled)) }
        lines.append(("source", reference.source))
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0 + String(repeating: " ", count: width + 2 - $0.0.count) + $0.1 + "\n" }.joined()
    }
}

/// Parameters in three digits: `70.6B`.
private func rounded(_ parameters: Int) -> String {
    let billions = Double(parameters) / 1e9
    return Notation.plain.text(billions.rounded(billions < 10 ? 2 : billions < 100 ? 1 : 0)) + "B"
}
