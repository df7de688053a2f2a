import Groundwork

/// The arguments of `vllm serve`, each from the operating point or the spec.
func servingArguments(_ model: Placement, _ spec: ClusterSpec, drain: Traced<Int>) -> [Traced<String>] {
    let point = model.point
    var arguments: [Traced<String>] = [
        modelArgument(model),
        model.spec.name.map { "--served-model-name=\($0)" },
        argument(
            "max-model-len", model.spec.context ?? model.choice.defaultContext, "context",
            "the maximum tokens per sequence"),
        mostSequences(model),
        argument(
            "tensor-parallel-size", point.tensorParallel, "tensor parallel size", "the GPUs that share the model"),
        ("--gpu-memory-utilization=\(memoryShare(model), as: "memory share")" as ReasonedText)
            .because("the share of GPU memory for vLLM"),
        argument(
            "max-num-batched-tokens", batchedTokens(model.candidate.workload, on: model.candidate.accelerator),
            "batched tokens", "the maximum tokens per step, for which memory is planned"),
    ]
    arguments += taskArguments(model)
    if let images = model.candidate.workload.images { arguments.append(imageLimit(images)) }
    if let reason = expertParallelism(model) { arguments.append(reason) }
    let gpu = model.candidate.accelerator.gpu
    if let dtype = model.spec.weights.dtype, [.bf16, .fp16].contains(dtype.value) {
        arguments.append(dtype.map { "--dtype=\($0 == .bf16 ? "bfloat16" : "float16")" })
    } else if model.candidate.workload.dtype.value.isQuantized,
        gpu.runs(.bf16, release: model.candidate.workload.release) == nil
    {
        arguments.append(
            Traced("--dtype=float16", because: "the GPU does not support bfloat16", Ingredient("GPU", gpu.traced(\.id)))
        )
    } else if model.candidate.workload.isQuantized {
        arguments.append(model.candidate.workload.dtype.map { "--quantization=\($0.rawValue)" })
    }
    if let format = model.spec.serving.kvCacheDType, format.value == .fp8 {
        arguments.append(format.map { "--kv-cache-dtype=\($0.rawValue)" })
    }
    if case .s3 = model.spec.weights.from.value {
        arguments.append(
            Traced(
                "--load-format=runai_streamer", because: "weights are streamed from S3 into the GPUs",
                Ingredient("weights", model.spec.weights.from)))
    }
    if Component.vLLM.offers(.shutdownTimeout, at: model.spec.serving.version.value) {
        arguments.append(
            argument("shutdown-timeout", drain, "drain", "the seconds that running requests get to finish"))
    }
    if let limits = admissionLimits(model) {
        arguments += [
            limits.requests.map {
                argument(
                    "max-num-queued-reqs", $0, "maximum requests",
                    "the requests that run, and those that wait and can start in time; further ones are rejected")
            },
            limits.promptTokens.map {
                argument(
                    "max-num-queued-tokens", $0, "maximum prompt tokens",
                    "the prompt tokens that the replica computes in time; further requests are rejected")
            },
        ].compactMap { $0 }
    }
    return arguments + model.spec.serving.extraArgs
}

/// The maximum of concurrent sequences: of a model that generates no tokens, those of a step are limited by its tokens.
private func mostSequences(_ model: Placement) -> Traced<String> {
    if model.spec.task.value.generates || model.spec.measured != nil {
        return argument(
            "max-num-seqs", model.point.mostSequences, "concurrent sequences", "the maximum of concurrent sequences")
    }
    let most =
        model.candidate.accelerator.isLarge ? Thresholds.mostSequencesOfLargeGPUs : Thresholds.mostSequences
    return argument(
        "max-num-seqs", .whole(most), "maximum sequences",
        "short prompts share a step, up to its maximum tokens")
}

/// The most images of a request: vLLM reserves memory for as many, and for video unless it expects none.
private func imageLimit(_ images: ImageLoad) -> Traced<String> {
    let video = images.takesVideo ? ",\"video\":0" : ""
    let text: ReasonedText = "--limit-mm-per-prompt={\"image\":\(images.most, as: "images of a request")\(video)}"
    return text.because("the most images of a request")
}

/// What tells vLLM that a model generates no tokens; empty if it does.
private func taskArguments(_ model: Placement) -> [Traced<String>] {
    let task = model.spec.task
    if task.value.generates { return [] }
    let runner = Traced(
        "--runner=pooling", because: "the model generates no tokens", Ingredient("task", task))
    let architecture = model.candidate.workload.architecture
    guard architecture.traits.contains(.yesOrNo), !model.spec.overridesArchitecture else { return [runner] }
    let override =
        #"--hf-overrides={"architectures":["Qwen3ForSequenceClassification"],"classifier_from_token":["no","yes"],"is_original_qwen3_reranker":true}"#
    return [
        runner,
        Traced(
            override,
            because: "the model is published as one that generates `yes` or `no`, and vLLM scores with these two",
            Ingredient("model", model.spec.source)),
    ]
}

/// An argument with a number.
private func argument(_ key: String, _ value: Traced<Int>, _ name: String, _ meaning: String) -> Traced<String> {
    let text: ReasonedText = "--\(key)=\(value, as: name)"
    return text.because(meaning)
}

/// The argument for whole experts on each GPU, and why; nil if experts are divided, or there are none.
private func expertParallelism(_ model: Placement) -> Traced<String>? {
    let argument = "--enable-expert-parallel"
    if let asked = model.spec.gpu.expertParallel {
        return asked.value
            ? Traced(argument, because: "each GPU holds whole experts", Ingredient("expertParallel", asked)) : nil
    }
    guard model.candidate.expertParallel else { return nil }
    let workload = model.candidate.workload
    return Traced(
        argument, because: "a part of each expert would not be a multiple of the blocks that share a scale",
        Ingredient("tensor parallel size", model.point.tensorParallel),
        Ingredient(
            "width of an expert",
            workload.traced(.experts, workload.architecture.experts?.width ?? 0)),
        Ingredient("scale block", workload.scaleBlock ?? Traced(1, .convention("no blocks"))))
}

/// The model, which is the first argument of `vllm serve` in releases whose image starts it.
private func modelArgument(_ model: Placement) -> Traced<String> {
    let location = modelLocation(model)
    return Component.vLLM.offers(.positionalModel, at: model.spec.serving.version.value)
        ? location : location.map { "--model=\($0)" }
}

/// Where vLLM finds the model: a repository, a bucket, or the mounted folder.
private func modelLocation(_ model: Placement) -> Traced<String> {
    model.spec.weights.from.map { location in
        switch location {
        case .s3(let uri): uri
        case .huggingFace(let repository): repository
        case .persistentVolumeClaim, .image: "/models"
        }
    }
}

/// The share of GPU memory for one rank: vLLM's default, divided among the ranks that share a GPU's memory.
private func memoryShare(_ model: Placement) -> Traced<Double> {
    let share = model.candidate.workload.memoryShare
    let sharers = model.spec.gpu.share.value.sharers
    guard sharers > 1 else { return share }
    let part =
        share.named("memory share of all replicas", "ratio")
        / model.spec.gpu.share.map(\.sharers).named("replicas sharing it", "replicas")
    return Traced<Double>(part.rounded(2))
}
