import Diagnostics
import Groundwork
import YAML

/// The images of a model's requests, with the tokens that they become; nil if there are none, or if that is not known, which is reported.
func requestImages(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) -> ImageLoad? {
    guard let images = model.traffic?.images else { return nil }
    guard let encoder = encoder(model) else {
        report.error(
            "images-without-encoder", "`\(model.source.value)` has no image encoder that is known", at: images.range,
            label: "requests have images",
            notes: [.init("the model is named here", at: model.source.range)],
            help: [
                Help("remove `images`", .removing(images.range)),
                "if it takes images, set `architecture: {config: config.json}` to its `config.json`",
            ])
        return nil
    }
    guard let tokens = tokens(images, encoder) else {
        report.error(
            "image-size-missing", "the size of the images of `\(model.name.value)` is not set", at: images.range,
            label: "it decides how many tokens they have",
            help: ["set `width` and `height` in pixels, or `tokens`"])
        return nil
    }
    let merge = encoder.merge.named("patches along a side of a token", "patches")
    return ImageLoad(
        perRequest: images.perRequest, tokens: tokens,
        patches: Traced<Int>((tokens.named("tokens per image", "tokens") * merge * merge).named("patches", "patches")),
        most: images.most
            ?? Traced<Int>(images.perRequest.named("images per request", "images").roundedUp.named("images", "images")),
        layers: encoder.layers, hidden: encoder.hidden, takesVideo: encoder.takesVideo)
}

/// An encoder, from the catalog or a `config.json`.
private struct Encoder {
    let layers: Traced<Int>
    let hidden: Traced<Int>
    let patch: Traced<Int>
    let merge: Traced<Int>
    let side: Traced<Int>?
    let takesVideo: Bool
}

private func encoder(_ model: ModelSpec) -> Encoder? {
    if let described = model.architecture {
        return described.encoder.map {
            Encoder(
                layers: $0.layers, hidden: $0.hidden, patch: $0.patch,
                merge: $0.merge ?? Traced(1, .convention("each patch becomes a token")), side: $0.side,
                takesVideo: $0.takesVideo)
        }
    }
    return Catalog.visionEncoder(of: model.source.value).map { row in
        Encoder(
            layers: row.traced(\.layers), hidden: row.traced(\.hidden), patch: row.traced(\.patch),
            merge: row.traced(\.merge), side: row.side.map { Traced($0, .catalog(row.reference)) },
            takesVideo: row.takesVideo)
    }
}

/// The tokens of an image: those of the spec, else one for each square of merged patches, also where it is not full.
private func tokens(_ images: ImagesOfRequests, _ encoder: Encoder) -> Traced<Int>? {
    if let tokens = images.tokens { return tokens }
    let side = encoder.patch.named("patch size", "px") * encoder.merge.named("patches along a side of a token", "1")
    func along(_ pixels: Traced<Int>, _ name: String) -> Reasoned {
        (pixels.named(name, "px") / side).roundedUp.named("tokens along the \(name)", "tokens")
    }
    // A model that scales all images alike does not depend on their size.
    guard let width = encoder.side ?? images.width, let height = encoder.side ?? images.height else { return nil }
    return Traced<Int>((along(width, "width") * along(height, "height")).named("tokens per image", "tokens"))
}
