import Diagnostics
import YAML

/// Nemotron's `block_configs`: each layer has its own number of KV heads and its own feed-forward width, or neither.
struct BlockConfigs {
    let mixers: [LayerFigures]
    let feeds: [LayerFigures]
    /// The KV heads of layers that have attention: the fewest.
    let kvHeads: Traced<Int>
}

/// Reads the blocks; nil if the model has none.
func blockConfigs(_ config: inout ConfigReader) -> BlockConfigs? {
    guard let list = config.items("block_configs") else { return nil }
    let hidden = config.required("hidden_size")
    let heads = config.required("num_attention_heads")
    let width = max(1, hidden.value / heads.value)
    var groups: [Int: Int] = [:]
    var widths: [Int: Int] = [:]
    for block in list.items {
        if let size = attentionGroup(block, &config) { groups[size, default: 0] += 1 }
        if let width = feedWidth(block, hidden.value, &config) { widths[width, default: 0] += 1 }
    }
    func given(_ name: String, _ value: Int) -> Reasoned {
        .given(name, Double(value), "1", list.range.derived)
    }
    let hiddenSize = hidden.named("hidden size", "1")
    let dimension = given("head dimension", width)
    let mixers = groups.sorted { $0.key < $1.key }.map { size, count in
        let kv = given("KV heads", heads.value / size)
        let all = heads.named("attention heads", "1")
        var figures = LayerFigures(
            count: given("layers with \(heads.value / size) KV heads", count),
            parameters: (2 * hiddenSize * dimension * (all + kv)).named(
                "parameters of an attention layer", "parameters"))
        figures.elements = 2 * kv * dimension
        return figures
    }
    let feeds = widths.sorted { $0.key < $1.key }.map { width, count in
        LayerFigures(
            count: given("layers of width \(width)", count),
            parameters: (3 * hiddenSize * given("feed-forward width", width)).named(
                "parameters of a feed-forward layer", "parameters"))
    }
    let fewest = groups.keys.map { heads.value / $0 }.min() ?? 1
    return BlockConfigs(mixers: mixers, feeds: feeds, kvHeads: Traced(max(1, fewest), list.range.derived))
}

/// Reads how many attention heads share one KV head; nil for a layer without attention.
private func attentionGroup(_ block: Node, _ config: inout ConfigReader) -> Int? {
    guard let attention = block["attention"], let size = attention["n_heads_in_group"], !size.isNull else { return nil }
    if let linear = attention["replace_with_linear"], linear.scalar?.meaning == .boolean(true) {
        config.reject(
            "a block replaces attention with a linear layer, whose parameters are not known", at: linear.range,
            label: "not supported")
    }
    guard let heads = config.whole(size, "n_heads_in_group"), heads > 0 else { return nil }
    return heads
}

/// Reads the feed-forward width of a block, a multiple of the hidden size; nil for a layer without one.
private func feedWidth(_ block: Node, _ hidden: Int, _ config: inout ConfigReader) -> Int? {
    guard let feed = block["ffn"], let factor = feed["ffn_mult"], !factor.isNull else { return nil }
    let multiple: Double
    switch factor.scalar?.meaning {
    case .integer(let value): multiple = Double(value)
    case .number(let value): multiple = value
    default:
        config.reject("`ffn_mult` must be a number", at: factor.range, label: "must be a number")
        return nil
    }
    guard multiple > 0, multiple < 1000 else { return nil }
    // Two thirds, because a gate makes the third matrix, rounded up to a multiple of 256.
    let width = Int(2 * multiple * Double(hidden) / 3)
    return (width + 255) / 256 * 256
}
