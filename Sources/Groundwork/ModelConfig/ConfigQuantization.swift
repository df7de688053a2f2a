import Diagnostics
import YAML

/// How the weights of a model are stored.
struct ConfigWeights {
    let dtype: Traced<DType>
    /// The side of the blocks of FP8 weights that share a scale; nil if none do.
    let fp8Block: Traced<Int>?
    /// Whether they are published in 32 bits, which vLLM loads in 16.
    var is32Bit = false
}

/// Reads the dtype of the weights: that of their quantization, else that of the model.
func configWeights(_ config: inout ConfigReader) -> ConfigWeights {
    if let entry = config.entry("quantization_config") ?? config.entry("compression_config") {
        return quantized(entry, &config)
    }
    let key = config.entry("dtype") == nil ? "torch_dtype" : "dtype"
    guard let word = config.word(key) else {
        if !config.task.generates { return thirtyTwoBits(at: config.place, config) }
        config.report.error(
            "missing-config-key", "`\(config.file.path)` has neither `torch_dtype` nor `dtype`", at: config.place,
            label: "the dtype of the weights is required", help: ["copy the whole `config.json` of the model"])
        return ConfigWeights(dtype: Traced(.bf16, .written(config.place)), fp8Block: nil)
    }
    let names: [String: DType] = ["bfloat16": .bf16, "float16": .fp16, "half": .fp16]
    let name = word.value.split(separator: ".").last.map(String.init) ?? ""
    if name == "float32", !config.task.generates { return thirtyTwoBits(at: word.range ?? config.place, config) }
    guard let dtype = names[name] else {
        config.reject(
            "`\(key)` is `\(word.value)`", at: word.range, label: "must be `bfloat16` or `float16`",
            help: ["describe the model under `architecture:` with its parameters and `dtype`"])
        return ConfigWeights(dtype: Traced(.bf16, word.origin), fp8Block: nil)
    }
    return ConfigWeights(dtype: Traced(dtype, word.origin), fp8Block: nil)
}

/// Weights in 32 bits of a model that generates no tokens, which vLLM loads as float16, or as bfloat16 if it rejects that for the model.
private func thirtyTwoBits(at place: SourceRange, _ config: ConfigReader) -> ConfigWeights {
    let dtype: DType = config.type.traits.contains(.bfloat16Only) ? .bf16 : .fp16
    return ConfigWeights(dtype: Traced(dtype, place.derived), fp8Block: nil, is32Bit: true)
}

/// Reads a quantization: the method, or the groups of compressed-tensors.
private func quantized(_ entry: Node.Entry, _ config: inout ConfigReader) -> ConfigWeights {
    let settings = entry.value
    let method = settings["quant_method"]
    let name = method?.scalar?.text ?? ""
    // DeepSeek-V4 stores its experts in 4 bits and the rest in FP8.
    if let expert = config.entry("expert_dtype"), expert.value.scalar?.text == "fp4" {
        return ConfigWeights(dtype: Traced(.mxfp4, .written(expert.value.range)), fp8Block: nil)
    }
    if let experts = settings["moe_quant_algo"], !experts.isNull {
        return unsupported(entry, experts, "`moe_quant_algo` is `\(experts.scalar?.text ?? "")`", &config)
    }
    let block = settings["weight_block_size"]?.items?.first.flatMap { node in
        config.whole(node, "weight_block_size").map { Traced($0, .written(node.range)) }
    }
    func weights(_ dtype: DType, at node: Node?) -> ConfigWeights {
        ConfigWeights(dtype: Traced(dtype, .written(node?.range ?? entry.keyRange)), fp8Block: block)
    }
    switch name {
    case "fp8", "fbgemm_fp8": return weights(.fp8, at: method)
    case "mxfp4": return weights(.mxfp4, at: method)
    case "awq", "gptq", "auto-round":
        guard let bits = settings["bits"] ?? settings["w_bit"] else { return weights(.int4, at: method) }
        if config.whole(bits, "bits") == 4 { return weights(.int4, at: bits) }
        return unsupported(entry, bits, "`bits` is \(bits.scalar?.text ?? "a collection")", &config)
    case "modelopt", "modelopt_fp4", "modelopt_fp8":
        let algorithm = settings["quant_algo"]
        if algorithm?.scalar?.text == "FP8" { return weights(.fp8, at: algorithm) }
        return unsupported(entry, algorithm, "`quant_algo` is `\(algorithm?.scalar?.text ?? "absent")`", &config)
    case "compressed-tensors": return grouped(entry, block, &config)
    default:
        let message = method == nil ? "there is no `quant_method`" : "`quant_method` is `\(name)`"
        return unsupported(entry, method, message, &config)
    }
}

/// Reads the groups of compressed-tensors, which must have one dtype of weights.
private func grouped(_ entry: Node.Entry, _ block: Traced<Int>?, _ config: inout ConfigReader) -> ConfigWeights {
    var found: Traced<DType>?
    var block = block
    for group in entry.value["config_groups"]?.entries ?? [] {
        guard let weights = group.value["weights"], let bits = weights["num_bits"] else { continue }
        let format = (group.value["format"] ?? entry.value["format"])?.scalar?.text ?? ""
        let dtype: DType? =
            switch (bits.scalar?.text, weights["type"]?.scalar?.text) {
            case ("4", "int"): .int4
            case ("8", "float"): .fp8
            case ("4", "float") where format.hasPrefix("mxfp4"): .mxfp4
            default: nil
            }
        guard let dtype, found == nil || found?.value == dtype else {
            let kind = weights["type"]?.scalar?.text ?? ""
            return unsupported(
                entry, bits, "`\(group.key)` has weights of type `\(kind)` with \(bits.scalar?.text ?? "no") bits",
                &config)
        }
        found = found ?? Traced(dtype, .written(bits.range))
        if let side = weights["block_structure"]?.items?.first, let value = config.whole(side, "block_structure") {
            block = block ?? Traced(value, .written(side.range))
        }
    }
    guard let found else {
        return unsupported(entry, entry.value["config_groups"], "`config_groups` has no weights", &config)
    }
    return ConfigWeights(dtype: found, fp8Block: block)
}

private func unsupported(
    _ entry: Node.Entry, _ node: Node?, _ message: String, _ config: inout ConfigReader
) -> ConfigWeights {
    config.reject(
        "\(message) in `\(entry.key)`", at: node?.range ?? entry.keyRange, label: "quantization not supported",
        help: ["supported are FP8, MXFP4 and int4 by AWQ, GPTQ or compressed-tensors"])
    return ConfigWeights(dtype: Traced(.bf16, .written(entry.keyRange)), fp8Block: nil)
}
