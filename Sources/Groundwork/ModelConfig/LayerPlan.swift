import Diagnostics
import YAML

/// What the layers of a model are made of, one by one.
struct LayerPlan {
    /// What passes information from token to token in a layer.
    enum Mixer: Hashable {
        /// Attention to all earlier tokens.
        case full
        /// Attention to the latest tokens.
        case window
        /// Gated DeltaNet, whose state does not grow with the sequence.
        case linear
        /// Mamba-2, whose state does not grow with the sequence.
        case mamba
        /// Kimi Delta Attention, whose state does not grow with the sequence.
        case delta
        /// Nothing: the layer works on each token alone.
        case none
    }

    /// What works on each token alone in a layer.
    enum Feed: Hashable { case dense, experts, none }

    var mixers: [Mixer]
    var feeds: [Feed]
    /// The key that decides what the mixers are, and its place.
    var mixersPlace: SourceRange
    var feedsPlace: SourceRange

    /// The number of layers of a kind, with the key that decides it.
    func count(_ mixer: Mixer) -> Traced<Int> {
        Traced(mixers.count { $0 == mixer }, mixersPlace.derived)
    }

    func count(_ feed: Feed) -> Traced<Int> { Traced(feeds.count { $0 == feed }, feedsPlace.derived) }
}

/// Reads what the layers are made of.
func layerPlan(_ config: inout ConfigReader, hasExperts: Bool) -> LayerPlan {
    let layers = layerCount(&config)
    let count = min(layers.value, 10_000)
    if layers.value > count {
        config.reject("`num_hidden_layers` is \(layers.value)", at: layers.range, label: "must be at most \(count)")
    }
    let place = layers.range ?? config.place
    if let (letters, place) = blockPattern(&config) {
        return LayerPlan(
            mixers: letters.map { $0 == "M" ? .mamba : $0 == "*" ? .full : .none },
            feeds: letters.map { $0 == "E" ? .experts : $0 == "-" ? .dense : .none }, mixersPlace: place,
            feedsPlace: place)
    }
    let (mixers, mixersPlace) = mixers(count, &config) ?? (Array(repeating: .full, count: count), place)
    let (feeds, feedsPlace) =
        hasExperts
        ? feeds(count, &config) ?? (Array(repeating: .experts, count: count), place)
        : (Array(repeating: .dense, count: count), place)
    return LayerPlan(mixers: mixers, feeds: feeds, mixersPlace: mixersPlace, feedsPlace: feedsPlace)
}

/// Reads the number of layers: `num_hidden_layers`, or the length of the list of blocks.
func layerCount(_ config: inout ConfigReader) -> Traced<Int> {
    if config.entry("num_hidden_layers") == nil, let (letters, place) = blockPattern(&config) {
        return Traced(letters.count, place.derived)
    }
    return config.required("num_hidden_layers")
}

/// Reads a pattern of blocks, each of which is a layer of its own: M for Mamba, * for attention, E for experts, - for feed-forward.
private func blockPattern(_ config: inout ConfigReader) -> (letters: [Character], place: SourceRange)? {
    let letters: [Character]
    let place: SourceRange
    if let pattern = config.word("hybrid_override_pattern"), let range = pattern.range {
        (letters, place) = (Array(pattern.value), range)
    } else if let list = config.items("layers_block_type") {
        let words: [String: Character] = ["mamba": "M", "attention": "*", "moe": "E", "mlp": "-"]
        letters = list.items.map { item in
            guard let letter = words[item.scalar?.text ?? ""] else {
                rejectKind(item, "layers_block_type", words.keys.sorted(), &config)
                return "-"
            }
            return letter
        }
        place = list.range
    } else {
        return nil
    }
    if letters.isEmpty || letters.contains(where: { !"M*E-".contains($0) }) {
        let odd = letters.first { !"M*E-".contains($0) }.map { "the block `\($0)`" } ?? "no blocks"
        config.reject("`hybrid_override_pattern` has \(odd)", at: place, label: "only `M`, `*`, `E` and `-`")
        return (["-"], place)
    }
    if config.entry("num_hidden_layers") != nil {
        let layers = config.required("num_hidden_layers")
        if layers.value != letters.count {
            config.contradict(
                "the pattern has \(letters.count) blocks, and `num_hidden_layers` is \(layers.value)", at: place,
                label: "\(letters.count) blocks", with: layers)
        }
    }
    return (letters, place)
}

/// Reads which layers attend to what; nil if all attend to everything.
private func mixers(_ count: Int, _ config: inout ConfigReader) -> ([LayerPlan.Mixer], SourceRange)? {
    if let list = config.items("layer_types") {
        let found = list.items.map { mixer($0, &config) }
        return (sized(found, to: count, "layer_types", list.range, &config), list.range)
    }
    if let list = config.items("hybrid_layer_pattern") {
        let found = list.items.map { config.whole($0, "hybrid_layer_pattern") == 1 ? LayerPlan.Mixer.window : .full }
        return (sized(found, to: count, "hybrid_layer_pattern", list.range, &config), list.range)
    }
    if let linear = config.entry("linear_attn_config"), let layers = linear.value["kda_layers"]?.items {
        // Layers are counted from 1.
        let delta = Set(layers.compactMap { config.whole($0, "kda_layers") })
        return ((0..<count).map { delta.contains($0 + 1) ? .delta : .full }, linear.keyRange)
    }
    if config.entry("linear_num_value_heads") != nil, let interval = config.count("full_attention_interval") {
        let mixers: [LayerPlan.Mixer] = (0..<count).map { ($0 + 1).isMultiple(of: interval.value) ? .full : .linear }
        return (mixers, interval.range ?? config.place)
    }
    return windows(count, &config)
}

/// Reads which layers have a sliding window, where no list says so.
private func windows(_ count: Int, _ config: inout ConfigReader) -> ([LayerPlan.Mixer], SourceRange)? {
    guard let window = config.count("sliding_window"), config.flag("use_sliding_window") ?? true else { return nil }
    // A window as long as the context is none.
    if let context = config.count("max_position_embeddings"), window.value >= context.value { return nil }
    let place = window.range ?? config.place
    if let pattern = config.count("sliding_window_pattern", "_sliding_window_pattern") {
        return ((0..<count).map { ($0 + 1).isMultiple(of: pattern.value) ? .full : .window }, pattern.range ?? place)
    }
    if config.flag("use_sliding_window") == true, let first = config.count("max_window_layers") {
        return ((0..<count).map { $0 < first.value ? .full : .window }, first.range ?? place)
    }
    return (Array(repeating: .window, count: count), place)
}

/// Reads one of `layer_types`.
private func mixer(_ node: Node, _ config: inout ConfigReader) -> LayerPlan.Mixer {
    switch node.scalar?.text {
    // vLLM keeps the whole context of chunked attention, too.
    case "full_attention", "chunked_attention", "deepseek_sparse_attention": return .full
    case "sliding_attention": return .window
    case "linear_attention": return .linear
    default:
        rejectKind(
            node, "layer_types",
            [
                "full_attention", "sliding_attention", "linear_attention", "chunked_attention",
                "deepseek_sparse_attention",
            ], &config)
        return .full
    }
}

private func rejectKind(_ node: Node, _ key: String, _ known: [String], _ config: inout ConfigReader) {
    config.reject(
        "`\(key)` has `\(node.scalar?.text ?? "a collection")`, and the memory of such a layer is not known",
        at: node.range, label: "unknown kind of layer",
        help: [Help("supported are \(known.map { "`\($0)`" }.joined(separator: ", "))")])
}

/// A list as long as there are layers: it may go on for the layers of multi-token prediction.
func sized<Kind>(
    _ kinds: [Kind], to count: Int, _ key: String, _ place: SourceRange, _ config: inout ConfigReader
) -> [Kind] {
    let further = config.count("num_nextn_predict_layers", "mtp_num_hidden_layers")?.value ?? 0
    guard (count...(count + further)).contains(kinds.count) else {
        config.contradict(
            "`\(key)` has \(kinds.count) items, and `num_hidden_layers` is \(count)", at: place,
            label: "must have \(count) items", with: config.required("num_hidden_layers"))
        return kinds
    }
    return Array(kinds.prefix(count))
}
