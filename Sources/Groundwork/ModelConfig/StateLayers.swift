import Diagnostics
import YAML

/// Gated DeltaNet: projections, a convolution over the latest tokens, and a matrix for each value head as its state.
func linearAttention(_ count: Reasoned, _ widths: ModelWidths, _ config: inout ConfigReader) -> LayerFigures {
    let hidden = widths.hiddenSize
    let keys = config.required("linear_num_key_heads").named("linear key heads", "1")
    let keyWidth = config.required("linear_key_head_dim").named("linear key dimension", "1")
    let values = config.required("linear_num_value_heads").named("linear value heads", "1")
    let valueWidth = config.required("linear_value_head_dim").named("linear value dimension", "1")
    let kernel = config.required("linear_conv_kernel_dim").named("convolution width", "1")
    let wide = values * valueWidth
    let convolved = 2 * keys * keyWidth + wide
    // Query, key, value and gate; two numbers for each value head; the convolution; the output.
    let parameters = hidden * (convolved + wide) + 2 * hidden * values + convolved * kernel + wide * hidden
    var figures = LayerFigures(
        count: count, parameters: parameters.named("parameters of a linear attention layer", "parameters"))
    figures.stateBytes = state(
        convolved, kernel, values * keyWidth * valueWidth, elementBytes("mamba_ssm_dtype", &config))
    return figures
}

/// Mamba-2: one projection in, a convolution, one projection out, and a matrix for each head as its state.
func mamba(_ count: Reasoned, _ widths: ModelWidths, _ config: inout ConfigReader) -> LayerFigures {
    let hidden = widths.hiddenSize
    let heads = config.required("mamba_num_heads").named("Mamba heads", "1")
    let width = config.required("mamba_head_dim").named("Mamba head dimension", "1")
    let groups = config.required("n_groups", "mamba_n_groups").named("Mamba groups", "1")
    let size = config.required("ssm_state_size", "mamba_d_state").named("Mamba state size", "1")
    let kernel = config.required("conv_kernel", "mamba_d_conv").named("convolution width", "1")
    let inner = heads * width
    let convolved = inner + 2 * groups * size
    let parameters = hidden * (inner + convolved + heads) + convolved * kernel + inner * hidden
    var figures = LayerFigures(count: count, parameters: parameters.named("parameters of a Mamba layer", "parameters"))
    figures.stateBytes = state(convolved, kernel, inner * size, elementBytes("mamba_ssm_cache_dtype", &config))
    return figures
}

/// Kimi Delta Attention: query, key, value and gates, a convolution for the first three, and a matrix for each head as its state.
func deltaAttention(_ count: Reasoned, _ widths: ModelWidths, _ config: inout ConfigReader) -> LayerFigures {
    let hidden = widths.hiddenSize
    let inner = config.reading(config.entry("linear_attn_config")?.value)
    var linear = inner
    let headCount = linear.required("num_heads")
    let width = linear.required("head_dim").named("delta head dimension", "1")
    let kernel = linear.required("short_conv_kernel_size").named("convolution width", "1")
    let isFull = linear.flag("use_full_rank_gate") ?? false
    config.report = linear.report
    let heads = headCount.named("delta heads", "1")
    let wide = heads * width
    let lowRank = hidden * width + width * wide
    let gate = isFull ? hidden * wide : lowRank
    let parameters = 3 * hidden * wide + gate + lowRank + hidden * heads + 3 * wide * kernel + wide * hidden
    var figures = LayerFigures(
        count: count, parameters: parameters.named("parameters of a delta attention layer", "parameters"))
    figures.stateBytes = state(3 * wide, kernel, wide * width, elementBytes("mamba_ssm_dtype", &config))
    return figures
}

/// Bytes of the state of one layer: what the convolution needs of the latest tokens in 16 bits, and the matrices.
private func state(_ convolved: Reasoned, _ kernel: Reasoned, _ matrices: Reasoned, _ element: Reasoned) -> Reasoned {
    (convolved * (kernel - 1) * .given(Thresholds.wholeWeight) + matrices * element)
        .named("state of a layer per sequence", "B")
}

/// Bytes of one element of a state: those of the dtype under a key, else 16 bits as the weights have.
private func elementBytes(_ key: String, _ config: inout ConfigReader) -> Reasoned {
    guard let dtype = config.word(key), dtype.value == "float32" else { return .given(Thresholds.wholeWeight) }
    return .given("bytes of a state element", 4, "B", dtype.range?.derived ?? dtype.origin)
}

extension ConfigReader {
    /// A reader of a mapping inside this one.
    func reading(_ node: Node?) -> ConfigReader {
        let inside = node ?? text
        return ConfigReader(whole: inside, text: inside, type: type, task: task, report: report)
    }
}
