import Groundwork

/// The images in the requests of a workload, and the encoder that turns them into tokens.
package struct ImageLoad: Sendable {
    /// Images of a request.
    let perRequest: Traced<Double>
    /// Tokens of an image.
    let tokens: Traced<Int>
    /// Patches of an image, on which the encoder computes.
    let patches: Traced<Int>
    /// The most images of a request.
    package let most: Traced<Int>
    /// Layers of the encoder.
    let layers: Traced<Int>
    /// Hidden size of the encoder.
    let hidden: Traced<Int>
    /// Whether the model also takes video.
    package let takesVideo: Bool

    /// What decides how long an encoder takes.
    var key: [Double] { [perRequest.value, Double(patches.value)] }

    /// Tokens of a prompt with its images.
    func tokens(with text: Traced<Int>) -> Traced<Int> {
        let images = perRequest.named("images per request", "images") * tokens.named("tokens per image", "tokens")
        return Traced<Int>((text.named("text tokens", "tokens") + images).roundedUp.named("input tokens", "tokens"))
    }
}

extension Workload {
    /// Seconds in which the encoder computes the images of one request; nil without images.
    ///
    /// Each patch is multiplied with the encoder's parameters and attends to all patches of its image, at the efficiency of a dense prefill.
    func imageTime<N: Arithmetic>(on accelerator: Accelerator, ranks: N) -> N? {
        guard let images else { return nil }
        let flops: N = accelerator.compute(
            in: .bf16, release, .given(FittedThresholds.dense.computeEfficiency))
        let patches: N = .given("patches per image", images.patches, "patches")
        let weights: N = .given(
            "additional weights", Double(architecture.extraMiB), "MiB",
            described?.additionalMiB?.origin ?? architectureOrigin)
        let parameters = (weights * N.constant(1_048_576, "B/MiB") / .given(Thresholds.wholeWeight))
            .named("parameters of the image encoder", "parameters")
        let layers: N = .given("layers of the image encoder", images.layers, "layers")
        let hidden: N = .given("hidden size of the image encoder", images.hidden, "1")
        let each = N.constant(2, "FLOP") * parameters + N.constant(4, "FLOP") * layers * hidden * patches
        let count: N = .given("images per request", images.perRequest, "images")
        return (count * patches * each / (ranks * flops)).named("image encoding time", "s")
    }
}
