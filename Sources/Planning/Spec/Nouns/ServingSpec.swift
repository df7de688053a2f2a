import Diagnostics
import Groundwork

/// The vLLM that serves a model.
package struct ServingSpec: Sendable {
    package let image: Traced<String>
    /// It selects metric names and flags.
    package internal(set) var version: Traced<Version>
    /// The number format of the KV cache; nil means vLLM's own, 16 bits.
    package internal(set) var kvCacheDType: Traced<CacheFormat>?
    /// The share of GPU memory that vLLM takes; nil means its own default, or more where the model needs it.
    package internal(set) var gpuMemoryUtilization: Traced<Double>?
    /// Tokens that one step computes at most; nil means vLLM's own default for the GPU.
    package internal(set) var maxNumBatchedTokens: Traced<Int>?
    package let extraArgs: [Traced<String>]
    package let pullSecrets: [Traced<String>]
    package let range: SourceRange
}

extension ServingSpec {
    /// The argument that asks for speculative decoding; nil where none does.
    package var speculation: Traced<String>? {
        extraArgs.first { argument in
            ["--speculative-config", "--speculative_config", "--spec-"].contains { argument.value.hasPrefix($0) }
        }
    }

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
        gpuMemoryUtilization = fields.optional(
            "gpuMemoryUtilization", .percentage(0.5...0.98, "50% to 98%"),
            "the share of each GPU's memory that vLLM takes; absent: its own default, or 95% where "
                + "a model on one GPU fits only so and 2 GiB remain beside it")
        maxNumBatchedTokens = fields.optional(
            "maxNumBatchedTokens", .count(1024...131_072, 8192),
            "the tokens that one step computes at most: more let long prompts begin sooner, and take memory from the KV cache; "
                + "absent: vLLM's default for the GPU")
        extraArgs = fields.list("extraArgs", .anyText, "further arguments of `vllm serve`")
        pullSecrets = fields.list("pullSecrets", .objectName, "Secrets for a private registry")
    }

    private static func version(of image: Traced<String>?) -> Traced<Version> {
        image?.compactMap(imageVersion)
            ?? Traced(Component.vLLM.assumed, .convention("the version that the metric catalog was read from"))
    }
}
