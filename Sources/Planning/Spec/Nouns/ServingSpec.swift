import Diagnostics
import Groundwork

/// The vLLM that serves a model.
package struct ServingSpec: Sendable {
    package let image: Traced<String>
    /// It selects metric names and flags.
    package internal(set) var version: Traced<Version>
    /// The dtype of the KV cache; nil means vLLM's default, 16 bits.
    package internal(set) var kvCacheDType: Traced<CacheFormat>?
    /// The share of GPU memory that vLLM uses; nil means its default, or more where the model needs it.
    package internal(set) var gpuMemoryUtilization: Traced<Double>?
    /// The maximum number of tokens per step; nil means vLLM's default for the GPU.
    package internal(set) var maxNumBatchedTokens: Traced<Int>?
    package let extraArgs: [Traced<String>]
    /// Whether vLLM runs as root although its image has another user.
    package let runAsRoot: Traced<Bool>
    /// The requests that run or wait before vLLM rejects more, where the spec sets them.
    package let maxNumQueuedReqs: Traced<Int>?
    /// The tokens of prompts without a first token before vLLM rejects more, where the spec sets them.
    package let maxNumQueuedTokens: Traced<Int>?
    /// Whether vLLM rejects requests that would get their first token too late.
    package let boundQueue: Traced<Bool>
    /// The Secret with the key that clients have to send; nil means that none is asked for.
    package let apiKeySecret: Traced<String>?
    package let pullSecrets: [Traced<String>]
    package internal(set) var pod: PodSpec
    /// The existing workload; nil means that Stowage generates one.
    package let workload: ExistingWorkloadSpec?
    package let range: SourceRange
}

extension ServingSpec {
    /// Whether its containers run as root by what the spec and the image say.
    package var isRoot: Bool { runAsRoot.value || !Component.vLLM.offers(.nonRootUser, at: version.value) }

    /// The argument that enables speculative decoding; nil where none does.
    package var speculation: Traced<String>? {
        extraArgs.first { argument in
            ["--speculative-config", "--speculative_config", "--spec-"].contains { argument.value.hasPrefix($0) }
        }
    }

    init(_ fields: inout FieldReader, images: ImagesSpec, model: Traced<String>) {
        range = fields.range
        let image =
            fields.optional(
                "image", .image, "container image; default: `platform.images.vllm`, else the vLLM image of that version"
            )
            ?? images.vLLM
        let version = fields.optional(
            "version", .version.example("\"0.19\""),
            "version of vLLM, which selects metric names and flags; default: the image's tag, else \(Component.vLLM.assumed.text)",
            default: Self.version(of: image))
        self.version = version
        self.image =
            image ?? images.reference(.vLLM, tag: version.map { "v\($0.minorText).\($0.patch ?? 0)" })
        kvCacheDType = fields.optional(
            "kvCacheDType", .word, "dtype of the KV cache, fp8 for 8 bits; default: 16 bits")
        gpuMemoryUtilization = fields.optional(
            "gpuMemoryUtilization", .percentage(0.5...0.98, "50% to 98%").example("92%"),
            "share of each GPU's memory that vLLM uses; default: that of vLLM, or 95% where "
                + "a model on one GPU fits only then and 2 GiB remain free")
        maxNumBatchedTokens = fields.optional(
            "maxNumBatchedTokens", .count(1024...131_072, 8192),
            "maximum number of tokens per step: a higher value starts long prompts sooner and takes memory from the KV cache; "
                + "default: that of vLLM for the GPU")
        extraArgs = fields.list(
            "extraArgs", .anyText.example("--max-lora-rank=64"), "additional arguments of `vllm serve`")
        runAsRoot = fields.optional(
            "runAsRoot", .boolean,
            "whether vLLM runs as root, for an image that needs it; releases before "
                + "\(Component.vLLM.since(.nonRootUser).text) and models that share a GPU by MPS always do",
            default: false, because: "the image has another user")
        maxNumQueuedReqs = fields.optional(
            "maxNumQueuedReqs", .count(1...100_000, 64),
            "requests that run or wait in a replica before it rejects more with HTTP 503; default: those that can get their first token "
                + "within the target of `sla.timeToFirstToken`")
        maxNumQueuedTokens = fields.optional(
            "maxNumQueuedTokens", .count(1...100_000_000, 32768),
            "tokens of prompts without a first token before a replica rejects more with HTTP 503; default: those that it computes within "
                + "the target of `sla.timeToFirstToken`")
        boundQueue = fields.optional(
            "boundQueue", .boolean,
            "whether the limits above have their defaults, from vLLM \(Component.vLLM.since(.admissionRejections).text) on; "
                + "with `false`, requests wait as long as it takes",
            default: true, because: "a queue that has no bound delays all later requests")
        apiKeySecret = fields.optional(
            "apiKeySecret", .objectName.example("chat-api-key"),
            "Secret whose key `api-key` is the key that vLLM asks clients for, in the model's namespace; default: it asks for none"
        )
        let secrets = fields.list(
            "pullSecrets", .objectName.example("registry-credentials"), "image pull Secrets for a private registry")
        pullSecrets =
            secrets + images.pullSecrets.filter { shared in !secrets.contains { $0.value == shared.value } }
        pod = PodSpec(&fields)
        workload = .read(&fields, model: model)
    }

    private static func version(of image: Traced<String>?) -> Traced<Version> {
        image?.compactMap(imageVersion)
            ?? Traced(Component.vLLM.assumed, .convention("the version of the metric catalog"))
    }
}
