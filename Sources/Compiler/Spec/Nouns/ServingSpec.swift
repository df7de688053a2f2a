import Diagnostics

/// The vLLM that serves a model.
package struct ServingSpec: Sendable {
    package let image: Traced<String>
    /// It selects metric names and flags.
    package let version: Traced<Version>
    package let extraArgs: [Traced<String>]
    package let pullSecrets: [Traced<String>]
    package let range: SourceRange
}

extension ServingSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        let version = fields.optional(
            "version", .version, "the version of vLLM; it selects metric names and flags", default: Version(0, 19),
            because: "the version that the metric catalog was read from")
        self.version = version
        image = fields.optional(
            "image", .image, "the container image; absent: vLLM's own of that version",
            default: derive("vllm/vllm-openai:v{version}", ("version", version)) {
                "vllm/vllm-openai:v\($0.minorText).\($0.patch ?? 0)"
            })
        extraArgs = fields.list("extraArgs", .anyText, "further arguments of `vllm serve`")
        pullSecrets = fields.list("pullSecrets", .objectName, "Secrets for a private registry")
    }
}
