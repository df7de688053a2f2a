import Diagnostics
import Groundwork

/// The vLLM that serves a model.
package struct ServingSpec: Sendable {
    package let image: Traced<String>
    /// It selects metric names and flags.
    package let version: Traced<Version>
    /// The number format of the KV cache; nil means vLLM's own, 16 bits.
    package internal(set) var kvCacheDType: Traced<CacheFormat>?
    package let extraArgs: [Traced<String>]
    package let pullSecrets: [Traced<String>]
    package let range: SourceRange
}

extension ServingSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        let image = fields.optional("image", .image, "the container image; absent: vLLM's own of that version")
        let version = fields.optional(
            "version", .version,
            "the version of vLLM, which selects metric names and flags; absent: the image's tag, else \(Component.vLLM.assumed.text)",
            default: Self.version(of: image))
        self.version = version
        self.image =
            image
            ?? version.map { "vllm/vllm-openai:v\($0.minorText).\($0.patch ?? 0)" }
        kvCacheDType = fields.optional(
            "kvCacheDType", .word, "the number format of the KV cache, fp8 for 8 bits; absent: 16 bits")
        extraArgs = fields.list("extraArgs", .anyText, "further arguments of `vllm serve`")
        pullSecrets = fields.list("pullSecrets", .objectName, "Secrets for a private registry")
    }

    private static func version(of image: Traced<String>?) -> Traced<Version> {
        image?.compactMap(imageVersion)
            ?? Traced(Component.vLLM.assumed, .convention("the version that the metric catalog was read from"))
    }
}
