import Diagnostics
import YAML

/// The encoder of images as a `config.json` describes it.
package struct ConfigEncoder: Sendable {
    package let layers: Traced<Int>
    package let hidden: Traced<Int>
    /// Pixels along a side of a patch.
    package let patch: Traced<Int>
    /// Patches along a side of what becomes one token; nil if each does.
    package let merge: Traced<Int>?
    /// Pixels along a side of each image, if all are scaled alike.
    package let side: Traced<Int>?
    package let takesVideo: Bool
}

/// Reads the encoder of images; nil if the model has none.
func imageEncoder(_ config: inout ConfigReader) -> ConfigEncoder? {
    guard let entry = config.whole.entries?.first(where: { $0.key == "vision_config" && !$0.value.isNull }),
        entry.value.entries?.isEmpty == false
    else { return nil }
    var vision = config.reading(entry.value)
    defer { config.report = vision.report }
    let patch = vision.required("patch_size")
    // Gemma 3 scales each image to one size, and pools its patches to a number of tokens.
    let fixed = config.count("mm_tokens_per_image")
    let side = fixed.flatMap { _ in vision.count("image_size") }
    let pooled = fixed.flatMap { tokens in side.map { pooledSide(tokens, $0, patch) } }
    let kernel = vision.items("merge_kernel_size")?.items.first.flatMap { node in
        vision.whole(node, "merge_kernel_size").map { Traced($0, .written(node.range)) }
    }
    return ConfigEncoder(
        layers: vision.required("depth", "num_hidden_layers", "vt_num_hidden_layers"),
        hidden: vision.required("hidden_size", "vt_hidden_size"), patch: patch,
        merge: pooled ?? vision.count("spatial_merge_size") ?? config.count("spatial_merge_size") ?? kernel, side: side,
        takesVideo: (vision.count("temporal_patch_size")?.value ?? 1) > 1)
}

/// Patches along a side of a token, where the tokens of an image are fixed.
private func pooledSide(_ tokens: Traced<Int>, _ side: Traced<Int>, _ patch: Traced<Int>) -> Traced<Int> {
    let along = side.named("pixels along a side", "px") / patch.named("patch size", "px")
    let each = (along * along / tokens.named("tokens per image", "1")).raised(to: 0.5)
    return Traced<Int>(each.rounded(0).named("patches along a side of a token", "1"))
}
