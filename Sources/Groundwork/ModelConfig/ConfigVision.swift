import Diagnostics
import YAML

/// Reads the parameters of the vision tower, which stay in 16 bits; nil if the model has none.
///
/// Layers of attention and feed-forward, the patches and their positions, and what merges patches into tokens of the language model.
func visionParameters(_ hidden: Traced<Int>, _ config: inout ConfigReader) -> Reasoned? {
    guard let entry = config.whole.entries?.first(where: { $0.key == "vision_config" && !$0.value.isNull }),
        entry.value.entries?.isEmpty == false
    else { return nil }
    var vision = config.reading(entry.value)
    defer { config.report = vision.report }
    let layers = vision.required("depth", "num_hidden_layers", "vt_num_hidden_layers").named("vision layers", "layers")
    let width = vision.required("hidden_size", "vt_hidden_size").named("vision hidden size", "1")
    let wide = vision.count("qkv_hidden_size")?.named("vision attention size", "1") ?? width
    let inner = vision.required("intermediate_size", "vt_intermediate_size").named("vision feed-forward width", "1")
    let matrices: Reasoned = config.type.traits.contains(.gatedVision) ? 3 : 2
    let tower = layers * (4 * width * wide + matrices * width * inner)
    let patch = vision.required("patch_size").named("patch size", "1")
    let frames = vision.count("temporal_patch_size")?.named("frames of a patch", "1") ?? 1
    let channels: Reasoned = 3
    var all = tower + channels * frames * patch * patch * width
    if let positions = vision.count("num_position_embeddings", "position_embedding_size") {
        all = all + positions.named("vision positions", "1") * width
    }
    let output = vision.count("out_hidden_size", "text_hidden_size") ?? hidden
    let target = output.named("hidden size", "1")
    guard let side = mergeSide(&vision) else { return all + width * target }
    let merged = side * side * width
    let deeper = vision.items("deepstack_visual_indexes")?.items.count ?? 0
    let mergers = Reasoned.given("mergers of patches", Double(1 + deeper), "1", entry.keyRange.derived)
    return all + mergers * (merged * merged + merged * target)
}

/// How many patches are merged along a side; nil if none are.
private func mergeSide(_ vision: inout ConfigReader) -> Reasoned? {
    if let side = vision.count("spatial_merge_size") { return side.named("merged patches along a side", "1") }
    guard let kernel = vision.items("merge_kernel_size"), let first = kernel.items.first,
        let side = vision.whole(first, "merge_kernel_size")
    else { return nil }
    return Traced(side, .written(first.range)).named("merged patches along a side", "1")
}
