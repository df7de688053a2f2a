extension Thresholds {
    // MARK: Dtypes

    package static let wholeWeight = Parameter(
        "bytes per 16-bit weight", 2, "B", because: "bf16 and fp16 have 16 bits", source: "IEEE 754, bfloat16")
    package static let fp8Weight = Parameter(
        "bytes per fp8 weight", 1, "B", because: "8 bits, with one scale per tensor or channel",
        source: "OCP 8-bit Floating Point Specification")
    package static let int4Weight = Parameter(
        "bytes per int4 weight", 0.53, "B",
        because: "4 bits and a scale per 128 weights; some layers stay in 16 bits",
        source: "the group size of AWQ and GPTQ checkpoints; an assumption for the layers in 16 bits")
    package static let int4Group = Parameter(
        "int4 group", 128, "weights", because: "weights that share a scale in AWQ and GPTQ checkpoints",
        source: "the default group_size of AutoAWQ, AutoGPTQ and llm-compressor")
    package static let leastScaleBlock = Parameter(
        "minimum scale block", 32, "weights",
        because: "vLLM spreads the scales of experts over blocks no smaller than this",
        source: "vLLM model_executor/layers/quantization: fp8.py, moe_wna16.py")
    package static let widthStep = Parameter(
        "step of widths", 64, "columns", because: "the widths of experts are multiples of it",
        source: "moe_intermediate_size of the MoE models in model-architectures.csv")
    package static let widthTolerance = Parameter(
        "tolerance of a width", 0.0025, "ratio",
        because: "parameters rounded to three digits imply a width of up to 2,560 this precisely",
        source: Parameter.choice)
    package static let mxfp4Weight = Parameter(
        "bytes per mxfp4 weight", 0.531, "B", because: "4 bits and an 8-bit scale per 32 weights",
        source: "OCP Microscaling Formats Specification")
    package static let indexScaleBlock = Parameter(
        "elements per index scale", 128, "elements", because: "elements of an index key that share a scale",
        source: "vLLM's cache of DeepSeek-V3.2's indexer; aiconfigurator-core 0.12, sdk/common.py")
    package static let indexScale = Parameter(
        "bytes of an index scale", 4, "B", because: "the scales are in 32 bits",
        source: "vLLM's cache of DeepSeek-V3.2's indexer; aiconfigurator-core 0.12, sdk/common.py")
    package static let sizeTolerance = Parameter(
        "tolerance of a size", 0.01, "ratio",
        because: "norms and biases, which are not counted, are below it", source: Parameter.choice)
    package static let quantizedSizeTolerance = Parameter(
        "tolerance of a quantized size", 0.06, "ratio",
        because: "quantized checkpoints have scales, and layers in 16 bits that their publisher chose",
        source: Parameter.choice)
}

extension DType {
    /// Whether weights in it were quantized from 16 bits, with additional scales.
    package var isQuantized: Bool {
        switch self {
        case .bf16, .fp16: false
        case .fp8, .int4, .mxfp4: true
        }
    }

    /// Bytes of a weight, with its part of the scales.
    package var size: Parameter {
        switch self {
        case .bf16, .fp16: Thresholds.wholeWeight
        case .fp8: Thresholds.fp8Weight
        case .int4: Thresholds.int4Weight
        case .mxfp4: Thresholds.mxfp4Weight
        }
    }
}
