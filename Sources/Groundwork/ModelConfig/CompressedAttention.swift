import Diagnostics
import YAML

/// DeepSeek-V4's attention: a window of the latest tokens, and beyond it one entry for every so many tokens.
///
/// `compress_ratios` has that number for each layer; 0 means the window alone. Layers that compress least choose among the entries by an
/// index in 4 bits.
func compressedAttention(
    _ plan: LayerPlan, _ widths: ModelWidths, _ config: inout ConfigReader
) -> [LayerFigures] {
    guard let list = config.items("compress_ratios") else { return [] }
    let all = list.items.map { config.whole($0, "compress_ratios") ?? 0 }
    let ratios = sized(all, to: plan.mixers.count, "compress_ratios", list.range, &config)
    let hidden = widths.hiddenSize
    let width = widths.headDimension.named("head dimension", "1")
    let wide = widths.heads.named("attention heads", "1") * width
    let query = config.required("q_lora_rank").named("query LoRA rank", "1")
    let output = config.required("o_lora_rank").named("output LoRA rank", "1")
    let groups = config.required("o_groups").named("output groups", "1")
    let index = config.required("index_head_dim").named("index dimension", "1")
    let indexHeads = config.required("index_n_heads").named("index heads", "1")
    let attention = hidden * query + query * wide + hidden * width + wide * output + groups * output * hidden
    return Array(Set(ratios)).sorted().map { ratio in
        let count = Traced(ratios.count { $0 == ratio }, list.range.derived)
            .named(ratio == 0 ? "layers without compression" : "layers that compress \(ratio) tokens", "layers")
        guard ratio > 0 else {
            var figures = LayerFigures(
                count: count, parameters: attention.named("parameters of an attention layer", "parameters"))
            figures.windowElements = width
            return figures
        }
        let each = Traced(ratio, .written(list.range)).named("tokens per entry", "tokens")
        // Entries that overlap have two halves.
        let isLeast = ratio == 4
        let overlap: Reasoned = isLeast ? 2 : 1
        var parameters = attention + 2 * hidden * overlap * width
        var stateElements = 2 * each * overlap * width
        if isLeast {
            parameters = parameters + query * indexHeads * index + hidden * indexHeads + 2 * hidden * overlap * index
            stateElements = stateElements + 2 * each * overlap * index
        }
        var figures = LayerFigures(
            count: count, parameters: parameters.named("parameters of a compressing layer", "parameters"))
        figures.windowElements = width
        figures.elements = width / each
        figures.stateBytes = stateElements * .constant(4, "B")
        if isLeast { figures.indexBytes = index * .constant(0.5, "B") / each }
        return figures
    }
}
