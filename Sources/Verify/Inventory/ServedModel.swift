import Groundwork

extension Inventory.Container {
    /// The model that vLLM loads: given by `--model`, after `serve`, as the first argument of an image that starts the
    /// server, or by an environment variable that images read.
    var model: Option? {
        if let option = option("--model", "--model-path", "--model-id", "--model_id") { return option }
        if let verb = arguments.firstIndex(where: { $0.text == "serve" || $0.text.hasSuffix("/serve") }),
            verb + 1 < arguments.count, !arguments[verb + 1].text.hasPrefix("-")
        {
            return arguments[verb + 1]
        }
        if let first = leadingArgument { return first }
        if let source = value["storageUri"] ?? value["storage"]?["uri"], let text = source.text, text.hasPrefix("hf://")
        {
            return Option(text: String(text.dropFirst(5).prefix { $0 != ":" }), value: source)
        }
        for name in ["MODEL_ID", "MODEL_NAME", "MODEL", "HF_MODEL_ID", "VLLM_MODEL", "MODEL_PATH"] {
            if let value = variable(name), let text = value.text { return Option(text: text, value: value) }
        }
        return nil
    }

    /// The first argument of an image of vLLM that starts the server itself, if it is no option.
    private var leadingArgument: Option? {
        guard value["command"] == nil, let image = value["image"]?.text, isVLLMImage(image),
            let first = arguments.first,
            let character = first.text.utf8.first, character != UInt8(ascii: "-"),
            first.text.utf8.contains(UInt8(ascii: "/"))
        else { return nil }
        return first
    }
}

extension Catalog {
    /// The model of a repository, even if the repository holds it in another dtype.
    static func published(_ repository: String) -> ModelArchitecture? { variant(repository)?.model }

    /// The model of a repository, and the bits of a weight if its name says that they are fewer than in the original.
    static func variant(_ repository: String) -> (model: ModelArchitecture, bits: Int?)? {
        if let model = Catalog.model(named: repository) { return (model, nil) }
        let suffixes = [
            ("-FP8", 8), ("-fp8", 8), ("-FP8-dynamic", 8), ("-AWQ", 4), ("-GPTQ-Int4", 4), ("-GPTQ-Int8", 8),
            ("-NVFP4", 4), ("-FP4", 4), ("-quantized.w4a16", 4), ("-quantized.w8a8", 8), ("-INT4", 4),
        ]
        guard let (suffix, bits) = suffixes.first(where: { repository.hasSuffix($0.0) }) else { return nil }
        let base = String(repository.dropLast(suffix.count))
        if let model = Catalog.model(named: base) { return (model, bits) }
        // Others publish their variants under the same name.
        let name = base.split(separator: "/").last.map { "/\($0)" } ?? base
        return Catalog.models.first { $0.name.hasSuffix(name) }.map { ($0, bits) }
    }
}

extension ModelArchitecture {
    /// The size of the weights in bytes, with the bits of a weight, or in the dtype that they are published in.
    func weightBytes(_ bits: Int?) -> Double {
        let whole = Thresholds.wholeWeight.value
        let bytes: Double
        switch (bits, nativeDType) {
        case (4, _), (nil, .int4): bytes = Thresholds.int4Weight.value
        case (8, _), (nil, .fp8): bytes = Thresholds.fp8Weight.value
        case (nil, .mxfp4): bytes = Thresholds.mxfp4Weight.value
        default: bytes = whole
        }
        let others = Double(parameters - embeddingParameters)
        return others * bytes + Double(embeddingParameters) * whole + Double(extraMiB) * 1_048_576
    }
}

extension Thresholds {
    /// The seconds that a server needs at least to load weights and to warm up.
    static func leastLoad(ofGiB gibibytes: Double) -> Double {
        Assumptions.warmUp.value + gibibytes / Assumptions.objectStorageSpeed.value
    }
}
