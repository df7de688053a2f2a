/// The arguments of `vllm serve`, each from the operating point or the spec.
func servingArguments(_ model: Placement, _ spec: ClusterSpec, drain: Traced<Int>) -> [Traced<String>] {
    let point = model.point
    var arguments: [Traced<String>] = [
        modelLocation(model).map { "--model=\($0)" },
        model.spec.name.map { "--served-model-name=\($0)" },
        model.spec.context.map { $0.map { "--max-model-len=\($0)" } }
            ?? defaultContext(model).map { "--max-model-len=\($0)" },
        point.mostSequences.map { "--max-num-seqs=\($0)" },
        point.tensorParallel.map { "--tensor-parallel-size=\($0)" },
        memoryShare(model).map { "--gpu-memory-utilization=\(PromQL.number($0))" },
    ]
    if let dtype = model.spec.weights.dtype, [.bf16, .fp16].contains(dtype.value) {
        arguments.append(dtype.map { "--dtype=\($0 == .bf16 ? "bfloat16" : "float16")" })
    } else if model.shape.workload.isQuantized {
        arguments.append(model.shape.workload.dtype.map { "--quantization=\($0.rawValue)" })
    }
    if let format = model.spec.serving.kvCacheDType, format.value == .fp8 {
        arguments.append(format.map { _ in "--kv-cache-dtype=fp8" })
    }
    if case .s3 = model.spec.weights.from.value {
        arguments.append(model.spec.weights.from.map { _ in "--load-format=runai_streamer" })
    }
    if model.spec.serving.version.value.isAtLeast(0, 19) {
        arguments.append(drain.map { "--shutdown-timeout=\($0)" })
    }
    return arguments + model.spec.serving.extraArgs
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

/// The share of GPU memory for one rank: vLLM's own, divided among the ranks that share a GPU's memory.
private func memoryShare(_ model: Placement) -> Traced<Double> {
    let share = memoryShareOfGPU(model.spec)
    let sharers = model.spec.gpu.share.value.sharers
    guard sharers > 1 else { return share }
    return derive("memory share ÷ sharers", ("memory share", share), ("sharing", model.spec.gpu.share)) { value, _ in
        rounded(value / Double(sharers), decimals: 2)
    }
}

/// The environment of the container: caches on the node's disk, and the token for gated weights.
func servingEnvironment(_ model: Placement) -> [EnvironmentVariable] {
    func set(_ name: String, _ value: String, _ why: String) -> EnvironmentVariable {
        EnvironmentVariable(
            name: Traced(name, .convention(why)), value: Traced(value, .convention(why)), secret: nil, key: nil)
    }
    var variables = [
        set("HF_HOME", "/cache/huggingface", "downloads go to the node's disk, not into the image layer"),
        set("VLLM_CACHE_ROOT", "/cache/vllm", "compiled graphs go to the node's disk"),
        set("VLLM_NO_USAGE_STATS", "1", "a cluster does not report its use"),
    ]
    if let secret = model.spec.weights.tokenSecret {
        variables.append(
            EnvironmentVariable(
                name: Traced("HF_TOKEN", .convention("the variable that Hugging Face clients read")), value: nil,
                secret: secret,
                key: Traced("token", .convention("the key under which the token lies"))))
    }
    return variables
}

/// The share of GPU memory that vLLM takes: its own by version, less where several share a GPU.
func memoryShareOfGPU(_ model: ModelSpec) -> Traced<Double> {
    let own = Traced<Double>.threshold(
        model.serving.version.value.isAtLeast(0, 22) ? Thresholds.memoryShareFrom022 : Thresholds.memoryShareBefore022)
    let replicas = model.gpu.share.value.sharers
    guard replicas > 1 else { return own }
    return derive(
        "the lesser of vLLM's own share and that of sharers, each sharer's part cut to hundredths", ("own", own),
        ("sharers", .threshold(Thresholds.sharedMemoryShare)), ("sharing", model.gpu.share)
    ) { own, sharers, _ in
        // Each part is an argument of two decimals: what is cut off is not planned with.
        let part = (min(own, sharers) / Double(replicas) * 100).rounded(.down)
        return part * Double(replicas) / 100
    }
}

/// The longest sequence served where the spec does not say.
func defaultContext(_ model: Placement) -> Traced<Int> {
    model.defaultContext
}
