import Diagnostics
import YAML

/// Reads which layers of an MoE model have experts; nil if all do.
func feeds(_ count: Int, _ config: inout ConfigReader) -> ([LayerPlan.Feed], SourceRange)? {
    if let list = config.items("mlp_layer_types") {
        let found = list.items.map { $0.scalar?.text == "sparse" ? LayerPlan.Feed.experts : .dense }
        return (sized(found, to: count, "mlp_layer_types", list.range, &config), list.range)
    }
    if let list = config.items("moe_layer_freq") {
        let found = list.items.map { config.whole($0, "moe_layer_freq") == 0 ? LayerPlan.Feed.dense : .experts }
        return (sized(found, to: count, "moe_layer_freq", list.range, &config), list.range)
    }
    if let list = config.items("moe_layers") {
        let chosen = Set(list.items.compactMap { config.whole($0, "moe_layers") })
        return ((0..<count).map { chosen.contains($0) ? .experts : .dense }, list.range)
    }
    if let words = config.word("moe_layers_enum") {
        let chosen = Set(words.value.split(separator: ",").compactMap { Int($0) })
        return ((0..<count).map { chosen.contains($0) ? .experts : .dense }, words.range ?? config.place)
    }
    return everySo(count, &config)
}

/// Reads experts in every so many layers, after the first few.
private func everySo(_ count: Int, _ config: inout ConfigReader) -> ([LayerPlan.Feed], SourceRange)? {
    let first = config.count("first_k_dense_replace", "moe_num_first_k_dense_layers")
    // One key counts from the first layer, the others make the last of so many layers one of experts.
    let frequency = config.entry("moe_layer_freq") == nil ? nil : config.count("moe_layer_freq")
    let step = config.count("interleave_moe_layer_step", "decoder_sparse_step")
    let without = (config.items("mlp_only_layers")?.items ?? []).compactMap { config.whole($0, "mlp_only_layers") }
    guard let place = (first ?? step ?? frequency)?.range ?? config.items("mlp_only_layers")?.range else { return nil }
    let dense = Set(without)
    let feeds: [LayerPlan.Feed] = (0..<count).map { layer in
        if layer < first?.value ?? 0 || dense.contains(layer) { return .dense }
        if let frequency, !layer.isMultiple(of: frequency.value) { return .dense }
        if let step, !(layer + 1).isMultiple(of: step.value) { return .dense }
        return .experts
    }
    return (feeds, place)
}
