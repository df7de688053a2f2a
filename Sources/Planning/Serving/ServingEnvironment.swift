import Groundwork

/// The environment of the container: caches on the node's disk, the token for gated weights, the key of its clients, and the variables of the spec.
func servingEnvironment(_ model: Placement, _ user: ServingUser) -> [EnvironmentVariable] {
    func set(_ name: String, _ value: String, _ why: String) -> EnvironmentVariable {
        EnvironmentVariable(name: Traced(name, .convention(why)), value: Traced(value, .convention(why)))
    }
    let own = [
        set("HF_HOME", "/cache/huggingface", "downloads go to the node's disk, not into the image layer"),
        set("VLLM_CACHE_ROOT", "/cache/vllm", "compiled graphs go to the node's disk"),
        set("VLLM_NO_USAGE_STATS", "1", "usage statistics are turned off"),
    ]
    // Libraries write caches below the home folder, and the root file system is read-only.
    let home = user.isRoot.value ? [] : [set("HOME", "/cache", "caches of libraries go to the node's disk")]
    let key = model.spec.serving.apiKeySecret.map { secret in
        EnvironmentVariable(
            name: Traced("VLLM_API_KEY", .convention("the variable that vLLM reads")),
            secret: secret, key: Traced("api-key", .convention("the key of the API key")))
    }
    let token = model.spec.weights.tokenSecret.map { secret in
        EnvironmentVariable(
            name: Traced("HF_TOKEN", .convention("the variable that Hugging Face clients read")),
            secret: secret, key: Traced("token", .convention("the key of the token")))
    }
    return own + home + (token.map { [$0] } ?? []) + (key.map { [$0] } ?? [])
        + model.spec.serving.pod.environment.map { variable($0.key, $0.value) }
}

/// A variable of the spec.
private func variable(_ name: Traced<String>, _ value: Traced<EnvironmentValue>) -> EnvironmentVariable {
    EnvironmentVariable(
        name: name, value: value.compactMap(\.text), secret: value.compactMap { $0.secret?.name },
        configMap: value.compactMap { $0.configMap?.name },
        key: value.compactMap { $0.secret?.key ?? $0.configMap?.key })
}
