import Diagnostics

/// The experts of an MoE model.
package struct ConfigExperts: Sendable {
    package let count: Traced<Int>
    package let perToken: Traced<Int>
    /// All experts' parameters together.
    package let parameters: Traced<Int>
    /// The feed-forward width of one expert.
    package let width: Traced<Int>
}

/// What works on each token alone: layers without experts, and what layers of experts have besides those.
struct FeedFigures {
    var layers: [LayerFigures] = []
    /// The width of layers without experts; nil if there are none.
    var mlpWidth: Traced<Int>?
    /// The experts, with their parameters as a formula.
    var experts: (figures: ConfigExperts, parameters: Reasoned)?
}

/// Reads how many experts a layer has; nil for a dense model.
func expertCount(_ config: inout ConfigReader) -> Traced<Int>? {
    config.count("num_experts", "num_local_experts", "n_routed_experts", "moe_num_experts")
}

/// Reads the feed-forward layers.
func feedFigures(
    _ plan: LayerPlan, _ widths: ModelWidths, _ experts: Traced<Int>?, _ config: inout ConfigReader
) -> FeedFigures {
    var found = FeedFigures()
    let matrices = matrixCount(&config)
    let dense = plan.count(.dense)
    if dense.value > 0 {
        let width = denseWidth(besideExperts: experts != nil, &config)
        found.mlpWidth = width
        found.layers.append(
            LayerFigures(
                count: dense.named(experts == nil ? "feed-forward layers" : "layers without experts", "layers"),
                parameters: (matrices * widths.hiddenSize * width.named("feed-forward width", "1"))
                    .named("parameters of a feed-forward layer", "parameters")))
    }
    let sparse = plan.count(.experts)
    if let experts, sparse.value > 0 {
        addExperts(experts, sparse.named("layers with experts", "layers"), matrices, widths, to: &found, &config)
    }
    return found
}

/// The matrices of a feed-forward layer: a gate makes the third.
private func matrixCount(_ config: inout ConfigReader) -> Reasoned {
    let isPlain = config.type.traits.contains(.plainMLP) || config.word("mlp_hidden_act")?.value == "relu2"
    return isPlain ? 2 : 3
}

/// Reads the width of layers without experts, which has a key of its own in some MoE models.
private func denseWidth(besideExperts: Bool, _ config: inout ConfigReader) -> Traced<Int> {
    if besideExperts, let own = config.count("dense_intermediate_size", "intermediate_size_mlp") { return own }
    return config.required("intermediate_size")
}

/// Reads the width of one expert, which is that of the layers if it has no key of its own.
private func expertWidth(_ config: inout ConfigReader) -> Traced<Int> {
    config.count("moe_intermediate_size", "expert_intermediate_size", "expert_ffn_hidden_size")
        ?? config.required("intermediate_size")
}

private func addExperts(
    _ experts: Traced<Int>, _ layers: Reasoned, _ matrices: Reasoned, _ widths: ModelWidths,
    to found: inout FeedFigures, _ config: inout ConfigReader
) {
    let hidden = widths.hiddenSize
    let width = expertWidth(&config)
    let perToken = config.required(
        "num_experts_per_tok", "num_experts_per_token", "experts_per_token", "top_k_experts", "moe_top_k")
    if perToken.value > experts.value {
        config.contradict(
            "a token uses \(perToken.value) of \(experts.value) experts", at: perToken.range,
            label: "must be at most \(experts.value)", with: experts)
    }
    let count = experts.named("experts", "experts")
    // Some models have their experts work in a space of fewer dimensions.
    let latent = config.count("moe_latent_size", "routed_expert_hidden_size")?.named("latent size of experts", "1")
    let each = (matrices * (latent ?? hidden) * width.named("expert width", "1")).named(
        "parameters of an expert", "parameters")
    let parameters = (layers * count * each).named("expert parameters", "parameters")
    found.experts = (
        ConfigExperts(
            count: experts, perToken: perToken, parameters: config.traced(parameters), width: width), parameters
    )
    var beside = hidden * count
    if let latent { beside = beside + 2 * hidden * latent }
    if let shared = sharedWidth(width, &config) { beside = beside + matrices * hidden * shared }
    // Gemma 4 has a dense layer beside the experts of each layer.
    if config.flag("enable_moe_block") == true {
        beside = beside + matrices * hidden * config.required("intermediate_size").named("feed-forward width", "1")
    }
    found.layers.append(
        LayerFigures(
            count: layers, parameters: beside.named("router and shared parameters of a layer", "parameters")))
}

/// The width of the experts that every token uses, together; nil if there are none.
private func sharedWidth(_ width: Traced<Int>, _ config: inout ConfigReader) -> Reasoned? {
    if let own = config.count(
        "shared_expert_intermediate_size", "moe_shared_expert_intermediate_size", "shared_intermediate_size",
        "share_expert_dim")
    {
        return own.named("width of shared experts", "1")
    }
    let one = width.named("expert width", "1")
    if let count = config.count("n_shared_experts", "num_shared_experts") {
        return count.named("shared experts", "experts") * one
    }
    return config.type.traits.contains(.sharedExpert) ? one : nil
}
